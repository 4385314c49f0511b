"""A client of the protocol wasl/1 in another language, written from docs/wire_protocol.md and the
.proto files alone.

    pb                                     every message and enum number of wasl.v1: pb.SubmitClaim
    Identity(certificate, key, authority)  PEM files: who speaks, and whom it trusts
    Connection((host, port), identity)     mutual TLS 1.3, ALPN wasl/1; a context manager
        .ask(request, languages=(), trace=False)   sends one request, returns its answer message
        .ask_all(requests)                 many at once, answers in the requests' order
        .ask_until_taken(request)          the same bytes again after BUSY, as the document says
        .send(request) / .receive()        several in flight: correlation id; (id, answer)
        .send_bytes(data)                  whatever you like, for tests of bad input
    request_id()                           16 fresh random bytes
    body(answer)                           the ClaimAnswer, CardAnswer, ... of an answer's body
    Closed                                 raised where the switch closed the connection

Canonical bytes are in canonical.py, proofs in card_proof.py. One thread per Connection.
"""

import atexit
import dataclasses
import importlib
import os
import pathlib
import random
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import types

SOURCE = pathlib.Path(__file__).resolve().parents[2]
FRAME_BYTES_MAX = 65536
IN_FLIGHT = 64  # Of one connection at most, in ask_all().


def generated_messages():
    """The .proto files through protoc, all their top-level names in one namespace."""
    generated = tempfile.TemporaryDirectory(prefix="wasl-proto-")
    atexit.register(generated.cleanup)
    files = sorted((SOURCE / "proto/wasl/v1").glob("*.proto"))
    subprocess.run(["protoc", f"-I{SOURCE / 'proto'}", f"--python_out={generated.name}",
                    *map(str, files)], check=True, timeout=60)
    sys.path.insert(0, generated.name)
    names = {}
    for file in files:
        names.update(vars(importlib.import_module(f"wasl.v1.{file.stem}_pb2")))
    return types.SimpleNamespace(**names)


pb = generated_messages()
BODIES = pb.Envelope.DESCRIPTOR.oneofs_by_name["body"].fields
FIELD_OF_MESSAGE = {field.message_type.name: field.name for field in BODIES}


class Closed(Exception):
    """The switch closed the connection, or never let it come about."""


@dataclasses.dataclass(frozen=True)
class Identity:
    certificate: str
    key: str
    authority: str


def request_id():
    return os.urandom(16)


def body(answer):
    """Of an Answer, a StatusAnswer, or an AnswerBody's bytes."""
    stored = answer if isinstance(answer, bytes) else answer.body
    parsed = pb.AnswerBody.FromString(stored)
    return getattr(parsed, parsed.WhichOneof("answer"))


def envelope(request, correlation_id, languages=(), trace=False):
    message = pb.Envelope(correlation_id=correlation_id)
    getattr(message, FIELD_OF_MESSAGE[request.DESCRIPTOR.name]).CopyFrom(request)
    if languages or trace:
        message.options.languages.extend(languages)
        message.options.trace = trace
    return message


def frame(message):
    data = message.SerializeToString()
    return len(data).to_bytes(4, "big") + data


def tls_context(identity):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(identity.authority)
    if identity.certificate:
        context.load_cert_chain(identity.certificate, identity.key)
    context.set_alpn_protocols(["wasl/1"])
    return context


class Connection:
    def __init__(self, address, identity, timeout=20):
        self.next_id = 1
        self.answers = {}
        plain = socket.create_connection(address, timeout=timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.socket = tls_context(identity).wrap_socket(plain, server_hostname=address[0])
        except (ssl.SSLError, ConnectionError) as error:
            plain.close()
            raise Closed(str(error)) from error
        assert self.socket.selected_alpn_protocol() == "wasl/1"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send_bytes(self, data):
        try:
            self.socket.sendall(data)
        except (ssl.SSLError, ConnectionError) as error:
            raise Closed(str(error)) from error

    def send(self, request, languages=(), trace=False):
        correlation_id = self.next_id
        self.next_id += 1
        self.send_bytes(frame(envelope(request, correlation_id, languages, trace)))
        return correlation_id

    def read(self, count):
        data = b""
        while len(data) < count:
            try:
                piece = self.socket.recv(count - len(data))
            except TimeoutError:
                raise
            except (ssl.SSLError, ConnectionError) as error:
                raise Closed(str(error)) from error
            if not piece:
                raise Closed("end of stream")
            data += piece
        return data

    def receive(self):
        """The next frame: its correlation id (0: of no request) and its message."""
        length = int.from_bytes(self.read(4), "big")
        assert 1 <= length <= FRAME_BYTES_MAX, f"a frame of {length} bytes"
        message = pb.Envelope.FromString(self.read(length))
        return message.correlation_id, getattr(message, message.WhichOneof("body"))

    def keep_answer_to(self, correlation_id):
        """Waits for one answer and keeps all that come until then."""
        while correlation_id not in self.answers:
            answered, message = self.receive()
            self.answers[answered or correlation_id] = message

    def answer_to(self, correlation_id):
        self.keep_answer_to(correlation_id)
        return self.answers.pop(correlation_id)

    def ask(self, request, languages=(), trace=False):
        return self.answer_to(self.send(request, languages, trace))

    def ask_all(self, requests):
        """Many at once; their answers in the order of the requests."""
        ids = []
        for request in requests:
            if len(ids) >= IN_FLIGHT:
                self.keep_answer_to(ids[-IN_FLIGHT])
            ids.append(self.send(request))
        return [self.answer_to(id) for id in ids]

    def ask_until_taken(self, request, seconds=10):
        """Repeats the same request after BUSY, later each time."""
        give_up = time.monotonic() + seconds
        growth = 1.0
        while True:
            answer = self.ask(request)
            if not is_refused(answer, pb.Refused.BUSY) or time.monotonic() > give_up:
                return answer
            time.sleep(answer.retry_after_ms / 1000 * growth * random.uniform(1, 1.5))
            growth *= 2


def is_refused(answer, code=None):
    return isinstance(answer, pb.Refused) and code in (None, answer.code)
