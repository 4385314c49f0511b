"""A TLS 1.3 client that renews its keys at will, which Python's ssl cannot: OpenSSL through ctypes.

    KeyUpdates(address, identity).until_closed(seconds)    renews until the switch ends it
"""

import ctypes
import socket
import time

KEY_UPDATE_REQUESTED = 1
FILETYPE_PEM = 1
ALPN = b"\x06wasl/1"


def library():
    ssl = ctypes.CDLL("libssl.so.3")
    for name in ("TLS_client_method", "SSL_CTX_new", "SSL_new"):
        getattr(ssl, name).restype = ctypes.c_void_p
    return ssl


class KeyUpdates:
    def __init__(self, address, identity):
        self.ssl = library()
        self.context = ctypes.c_void_p(self.ssl.SSL_CTX_new(
            ctypes.c_void_p(self.ssl.TLS_client_method())))
        for load, file in ((self.ssl.SSL_CTX_use_certificate_file, identity.certificate),
                           (self.ssl.SSL_CTX_use_PrivateKey_file, identity.key)):
            assert load(self.context, str(file).encode(), FILETYPE_PEM) == 1
        self.session = ctypes.c_void_p(self.ssl.SSL_new(self.context))
        self.ssl.SSL_set_alpn_protos(self.session, ALPN, len(ALPN))
        self.socket = socket.create_connection(address)
        self.ssl.SSL_set_fd(self.session, self.socket.fileno())
        assert self.ssl.SSL_connect(self.session) == 1

    def until_closed(self, seconds):
        give_up = time.monotonic() + seconds
        while self.update():
            assert time.monotonic() < give_up, "key updates without end"
        self.ssl.SSL_free(self.session)
        self.ssl.SSL_CTX_free(self.context)
        self.socket.close()

    def update(self):
        return (self.ssl.SSL_key_update(self.session, KEY_UPDATE_REQUESTED) == 1 and
                self.ssl.SSL_do_handshake(self.session) == 1)
