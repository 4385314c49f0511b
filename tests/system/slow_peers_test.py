"""Peers that are slow in each state of a connection, and peers that are too many: deadlines cut the
slow, caps refuse the many, a full queue says BUSY; whoever behaves is served all the while.

Usage: slow_peers_test.py, with WASL_BINARY in the environment.
"""

import contextlib
import socket
import ssl
import threading
import unittest

import plain_network
from bad_input import BadInput, Bystander, echo
from client import Closed, envelope, frame, pb, request_id, tls_context
from switch import Network

PROVIDER, OTHER_PROVIDER = plain_network.PROVIDERS[:2]
DEADLINES = {"deadlines.hello_ms": 1000, "deadlines.handshake_ms": 2000, "deadlines.frame_ms": 1000,
             "deadlines.write_ms": 1000, "deadlines.shutdown_ms": 1000}
# Of engine.queue_commands, a quarter is kept for reversals and status queries.
QUEUE = 16


class Switched(BadInput):
    """One switch for each class: its settings, and a bystander."""

    SETTINGS = {}

    @classmethod
    def setUpClass(cls):
        cls.network = Network(200, cls.SETTINGS)
        cls.network.start()
        cls.bystander = Bystander(cls.network, OTHER_PROVIDER)

    @classmethod
    def tearDownClass(cls):
        try:
            cls.bystander.close()
            cls.network.stop()
            verified = cls.network.verify()
            assert verified["ok"], verified
            assert verified["claims"] >= cls.bystander.claims
        finally:
            cls.network.remove()

    def plain_connection(self, local="127.0.0.1"):
        connection = socket.create_connection(self.network.address, timeout=20,
                                              source_address=(local, 0))
        self.addCleanup(connection.close)
        return connection

    def ended(self, connection):
        """The switch closes; what it still says first does not matter."""
        with contextlib.suppress(ConnectionError):
            while connection.recv(65536):
                pass


class Slow(Switched):
    SETTINGS = DEADLINES

    def test_connected_and_silent(self):
        with self.counted('wasl_handshakes_total{result="timeout"}'):
            silent = self.plain_connection()
            self.bystander.served()
            self.ended(silent)

    def test_in_the_middle_of_a_client_hello(self):
        with self.counted('wasl_handshakes_total{result="timeout"}'):
            slow = self.plain_connection()
            slow.sendall(self.hello()[:100])
            self.bystander.served()
            self.ended(slow)

    def test_in_the_middle_of_a_handshake(self):
        with self.counted('wasl_handshakes_total{result="timeout"}'):
            slow = self.plain_connection()
            slow.sendall(self.hello())
            self.bystander.served()
            self.ended(slow)

    def hello(self):
        """A whole first flight, as a client of this network would send it."""
        outgoing = ssl.MemoryBIO()
        session = tls_context(self.network.identity("provider", PROVIDER)).wrap_bio(
            ssl.MemoryBIO(), outgoing, server_hostname="127.0.0.1")
        with contextlib.suppress(ssl.SSLWantReadError):
            session.do_handshake()
        return outgoing.read()

    def test_in_the_middle_of_a_header(self):
        self.slow_frame(b"\0\0")

    def test_in_the_middle_of_a_body(self):
        claim = self.network.claim(PROVIDER, self.household())
        self.slow_frame(frame(envelope(claim, 1))[:-10])

    def slow_frame(self, part):
        connection = self.connect(PROVIDER)
        self.assertEqual(connection.ask(echo()), echo())
        with self.counted('wasl_connections_closed_total{cause="slow_frame"}'):
            with self.counted('wasl_frames_refused_total{cause="slow"}'):
                connection.send_bytes(part)
                self.bystander.served()
                with self.assertRaises(Closed):
                    connection.receive()

    def test_a_byte_at_a_time_does_not_prolong_a_frame(self):
        connection = self.connect(PROVIDER)
        connection.socket.settimeout(0.05)
        claim = frame(envelope(self.network.claim(PROVIDER, self.household()), 1))
        with self.counted('wasl_connections_closed_total{cause="slow_frame"}'):
            with self.assertRaises(Closed):
                for byte in claim:
                    connection.send_bytes(bytes([byte]))
                    with contextlib.suppress(TimeoutError):
                        connection.receive()

    def test_not_reading_its_answers(self):
        """Requests whose answers are as large, until the kernel's buffers are full."""
        connection = self.connect(PROVIDER)
        connection.socket.settimeout(0.2)
        request = frame(envelope(echo(bytes(4096)), 1))
        with self.counted('wasl_connections_closed_total{cause="slow_reader"}'):
            with contextlib.suppress(TimeoutError, Closed):
                while True:
                    connection.send_bytes(16 * request)
            self.bystander.served()


class Idle(Switched):
    SETTINGS = {"deadlines.idle_ms": 2000}

    def test_nothing_to_say(self):
        idle = self.connect(PROVIDER)
        self.assertEqual(idle.ask(echo()), echo())
        done = threading.Event()
        # Whoever says something within the bound stays.
        lively = threading.Thread(target=self.keep_alive, args=[done])
        lively.start()
        try:
            with self.counted('wasl_connections_closed_total{cause="idle"}'):
                with self.assertRaises(Closed):
                    idle.receive()
        finally:
            done.set()
            lively.join()

    def keep_alive(self, done):
        while not done.wait(0.1):
            self.bystander.speak()


class Many(Switched):
    SETTINGS = {"connections.total": 12, "connections.per_address": 4, "connections.handshakes": 3,
                "engine.retry_after_ms": 400}

    def setUp(self):
        super().setUp()
        self.wait_for_connections(1)

    def wait_for_connections(self, count):
        """Connections of the test before have gone."""
        self.until(lambda metrics: sum(
            value for name, value in metrics.items() if name.startswith("wasl_connections{"))
            == count)

    def established(self, local):
        identity = self.network.identity("provider", PROVIDER)
        secured = tls_context(identity).wrap_socket(self.plain_connection(local),
                                                    server_hostname="127.0.0.1")
        self.addCleanup(secured.close)
        secured.sendall(frame(envelope(echo(), 1)))
        return secured, secured.recv(100)

    def test_of_one_address(self):
        for _ in range(4):
            self.assertTrue(self.established("127.0.3.1")[1])
        with self.counted('wasl_accepts_refused_total{cause="address_limit"}'):
            self.ended(self.plain_connection("127.0.3.1"))
        self.assertTrue(self.established("127.0.3.2")[1])

    def test_in_all(self):
        for host in range(4, 15):
            self.assertTrue(self.established(f"127.0.{host}.1")[1])
        with self.counted('wasl_accepts_refused_total{cause="total_limit"}'):
            self.ended(self.plain_connection("127.0.99.1"))

    def test_handshakes_at_once(self):
        """The next waits in the kernel's queue until a place is free, and is served then."""
        unfinished = [self.plain_connection(f"127.0.7.{host}") for host in range(1, 4)]
        waiting = self.plain_connection("127.0.8.1")
        self.bystander.served()
        with self.counted('wasl_handshakes_total{result="closed"}', by=3):
            for connection in unfinished:
                connection.close()
        identity = self.network.identity("provider", PROVIDER)
        with tls_context(identity).wrap_socket(waiting, server_hostname="127.0.0.1") as secured:
            secured.sendall(frame(envelope(echo(), 1)))
            self.assertTrue(secured.recv(100))


    def test_requests_of_one_connection_in_flight(self):
        """Every one is answered, decided or BUSY."""
        connection = self.connect(PROVIDER)
        claim = self.network.claim(PROVIDER, self.household())
        self.is_approved(connection.ask(claim))
        answers = burst(connection, 600 * [pb.GetClaim(original_request_id=claim.request_id)])
        found = [answer for answer in answers if isinstance(answer, pb.StatusAnswer)]
        busy = [answer for answer in answers if isinstance(answer, pb.Refused)]
        self.assertEqual(len(found) + len(busy), 600)
        self.assertGreater(len(found), 0)
        for answer in found:
            self.assertEqual(answer.finding, pb.StatusAnswer.FOUND)
        self.assertGreater(len(busy), 0)
        for answer in busy:
            self.is_refused(answer, pb.Refused.BUSY, "of this connection")
            self.assertEqual(answer.retry_after_ms, 400)
        self.until(lambda metrics: metrics['wasl_busy_total{cause="queue"}'] == len(busy))


def burst(connection, requests):
    """All in one write; their answers in the order of the requests."""
    ids = range(connection.next_id, connection.next_id + len(requests))
    connection.next_id += len(requests)
    connection.send_bytes(b"".join(frame(envelope(request, id))
                                   for id, request in zip(ids, requests)))
    return [connection.answer_to(id) for id in ids]


class Busy(Switched):
    SETTINGS = {"engine.queue_commands": QUEUE, "engine.retry_after_ms": 300}

    def test_a_full_queue_is_remembered_nowhere(self):
        connection = self.connect(PROVIDER)
        busy = []
        before = self.network.metrics()['wasl_busy_total{cause="queue"}']
        while not busy:
            claims = [self.network.claim(PROVIDER, self.household()) for _ in range(30)]
            answers = burst(connection, claims)
            busy = [(claim, answer) for claim, answer in zip(claims, answers)
                    if isinstance(answer, pb.Refused)]
        for claim, answer in busy:
            self.is_refused(answer, pb.Refused.BUSY, "again")
            self.assertEqual(answer.cause, pb.Refused.QUEUE)
            self.assertEqual(answer.retry_after_ms, 300)
        self.bystander.served()
        counted = self.network.metrics()['wasl_busy_total{cause="queue"}']
        self.assertEqual(counted, before + len(busy))
        for claim, _ in busy:
            answer = self.is_approved(connection.ask_until_taken(claim))
            self.assertFalse(answer.repeat)

    def test_look_ups_beyond_the_rate_of_a_certificate(self):
        """Thirty a minute; a minute may end between them."""
        with self.network.connect("desk", plain_network.DESK) as connection:
            answers = [connection.ask(self.look_up()) for _ in range(2 * 30 + 1)]
        busy = [answer for answer in answers if isinstance(answer, pb.Refused)]
        self.assertGreater(len(busy), 0)
        for answer in busy:
            self.is_refused(answer, pb.Refused.BUSY, "minute")
            self.assertEqual(answer.cause, pb.Refused.RATE)
        self.assertEqual(self.network.metrics()['wasl_busy_total{cause="rate"}'], len(busy))

    def look_up(self):
        return pb.GetRights(
            request_id=request_id(), terminal_id="D1", purpose=pb.BY_TELEPHONE,
            card=pb.CardReference(number=plain_network.card_number(0), fund=plain_network.FUND))


if __name__ == "__main__":
    unittest.main(verbosity=2)
