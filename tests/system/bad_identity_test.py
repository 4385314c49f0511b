"""Peers that are not who they should be, or do not speak TLS as they should. Within TLS its own
alert is the typed refusal, behind it a frame; each moves its counter, and another participant is
served all the while.

Usage: bad_identity_test.py, with WASL_BINARY in the environment.
"""

import shutil
import socket
import ssl
import unittest

import bad_certificates
import plain_network
from bad_input import BadInput, Bystander, echo
from client import Closed, Connection, Identity, pb
from key_updates import KeyUpdates
from switch import Network

PROVIDER, OTHER_PROVIDER, REVOKED, MANY = plain_network.PROVIDERS[:4]


def setUpModule():
    global network, bystander
    network = Network(households=100, settings={"connections.per_certificate": 3})
    network.start()
    bystander = Bystander(network, OTHER_PROVIDER)
    BadInput.network, BadInput.bystander = network, bystander


def tearDownModule():
    try:
        bystander.close()
        network.stop()
        verified = network.verify()
        assert verified["ok"], verified
        assert verified["claims"] >= bystander.claims
    finally:
        network.remove()


class Certificates(BadInput):
    def handshake_fails(self, identity, result, alert, **settings):
        with self.counted(f'wasl_handshakes_total{{result="{result}"}}'):
            with self.assertRaisesRegex(Closed, alert):
                with Connection(network.address, identity, **settings) as connection:
                    connection.ask(echo())

    def made(self, name, **options):
        """A certificate that `wasl pki` would not make."""
        pki = network.directory / "made"
        if not pki.exists():
            shutil.copytree(network.directory / "switch/pki", pki)
        bad_certificates.certificate(pki, name, **options)
        return Identity(pki / f"{name}.crt", pki / f"{name}.key", pki / "ca.crt")

    def uri(self):
        return f"urn:wasl:provider:{PROVIDER}"

    def test_none(self):
        nobody = Identity(None, None, network.identity("provider", PROVIDER).authority)
        self.handshake_fails(nobody, "no_certificate", "CERTIFICATE_REQUIRED")

    def test_expired(self):
        expired = self.made("expired", uris=[self.uri()], days=(-30, -1))
        self.handshake_fails(expired, "expired", "CERTIFICATE_EXPIRED")

    def test_not_yet_valid(self):
        future = self.made("future", uris=[self.uri()], days=(1, 30))
        self.handshake_fails(future, "not_yet_valid", "BAD_CERTIFICATE|bad certificate")

    def test_of_another_authority(self):
        other = network.directory / "other"
        network.wasl("pki", "init", "--dir", str(other))
        foreign = self.made("foreign", uris=[self.uri()], authority=other)
        self.handshake_fails(foreign, "unknown_authority", "UNKNOWN_CA")

    def test_of_a_server(self):
        server = self.made("a-server", dns="localhost")
        self.handshake_fails(server, "wrong_purpose", "UNSUPPORTED_CERTIFICATE|unsupported")

    def test_with_an_identity_that_is_none(self):
        """These pass TLS: the refusal is a frame."""
        id_wrong = "id is not 1 to 24"
        for name, uris, why in (
                ("two", [self.uri(), "urn:wasl:fund:CNAS"], "does not hold exactly one URI"),
                ("elsewhere", ["https://example.org"], "does not begin with urn:wasl:"),
                ("no-role", ["urn:wasl:king:1"], "unknown role"),
                ("no-id", ["urn:wasl:provider:"], id_wrong),
                ("long-id", ["urn:wasl:provider:" + 25 * "1"], id_wrong),
                ("underscore", ["urn:wasl:provider:16_1"], id_wrong),
                ("no-own-part", ["urn:wasl:operator:fund:CNAS"], "operator's id")):
            identity = self.made(name, uris=uris)
            with self.subTest(name=name):
                with self.counted('wasl_handshakes_total{result="bad_identity"}'):
                    with Connection(network.address, identity) as connection:
                        correlation_id, answer = connection.receive()
                        self.assertEqual(correlation_id, 0)
                        self.is_refused(answer, pb.Refused.NOT_PERMITTED, "exactly one URI")
                        self.assertIn(why, answer.sentence)
                        with self.assertRaises(Closed):
                            connection.receive()

    def test_revoked_it_is_cut_from_a_live_connection_and_does_not_come_back(self):
        identity = network.identity("provider", REVOKED)
        live = self.connect(REVOKED)
        self.assertEqual(live.ask(echo()), echo())
        pki = network.directory / "switch/pki"
        network.wasl("pki", "revoke", "--dir", str(pki), f"urn:wasl:provider:{REVOKED}")
        live.socket.settimeout(60)
        with self.counted('wasl_connections_closed_total{cause="revoked"}'):
            self.assertTrue(network.reload())
            with self.assertRaises(Closed):
                live.receive()
        self.handshake_fails(identity, "revoked", "CERTIFICATE_REVOKED")

    def test_more_connections_than_one_certificate_may_have(self):
        identity = network.identity("provider", MANY)
        for _ in range(3):
            self.assertEqual(self.connect(MANY).ask(echo()), echo())
        with self.counted('wasl_handshakes_total{result="certificate_limit"}'):
            with Connection(network.address, identity) as connection:
                correlation_id, answer = connection.receive()
                self.assertEqual(correlation_id, 0)
                self.is_refused(answer, pb.Refused.BUSY, "connections")
                self.assertGreater(answer.retry_after_ms, 0)


class Tls(BadInput):
    def refused(self, result, alert, change):
        identity = network.identity("provider", PROVIDER)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(identity.authority)
        context.load_cert_chain(identity.certificate, identity.key)
        context.set_alpn_protocols(["wasl/1"])
        change(context)
        with self.counted(f'wasl_handshakes_total{{result="{result}"}}'):
            with socket.create_connection(network.address, timeout=20) as plain:
                with self.assertRaisesRegex(ssl.SSLError, alert):
                    context.wrap_socket(plain, server_hostname="127.0.0.1").recv(1)

    def test_of_version_1_2(self):
        self.refused("version", "PROTOCOL_VERSION|protocol version", lambda context: setattr(
            context, "maximum_version", ssl.TLSVersion.TLSv1_2))

    def test_for_another_protocol(self):
        self.refused("alpn", "NO_APPLICATION_PROTOCOL|no application protocol",
                     lambda context: context.set_alpn_protocols(["h2", "wasl/2"]))

    def test_garbage(self):
        with self.counted('wasl_handshakes_total{result="protocol"}'):
            with socket.create_connection(network.address, timeout=20) as plain:
                plain.sendall(b"GET / HTTP/1.1\r\nHost: switch\r\n\r\n" + 100 * b"\0")
                while plain.recv(1000):
                    pass

    def test_a_flood_of_key_updates_ends_the_connection(self):
        with self.counted('wasl_connections_closed_total{cause="tls"}'):
            KeyUpdates(network.address, network.identity("provider", PROVIDER)).until_closed(30)


if __name__ == "__main__":
    unittest.main(verbosity=2)
