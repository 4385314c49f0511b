"""What can go wrong around a running switch: the admin port, SIGHUP with files that are wrong,
SIGTERM under load, a log that nobody reads, a disk that fills up. Terminals are served all the while, as far as promised,
and nothing is lost.

Usage: bad_operation_test.py, with WASL_BINARY in the environment.
"""

import contextlib
import fcntl
import itertools
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
import unittest

import bad_certificates
import plain_network
from bad_input import PATIENCE_SECONDS, BadInput, Bystander
from client import Closed, body, pb, request_id
from small_disk import SmallDisk
from switch import Network

PROVIDER, OTHER_PROVIDER = plain_network.PROVIDERS[:2]
MIB = 1024 * 1024
RELOAD_FAILED = 'wasl_reloads_total{result="failed"}'


class Running(BadInput):
    """One switch for each class."""

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
            assert verified["ok"] and verified["claims"] >= cls.bystander.claims, verified
        finally:
            cls.network.remove()


class Admin(Running):
    def said(self, data):
        with self.admin() as connection:
            connection.sendall(data)
            answer = b""
            with contextlib.suppress(ConnectionError):
                while piece := connection.recv(65536):
                    answer += piece
        self.assertEqual(self.network.page("livez"), (200, "alive\n"))
        return answer

    def admin(self):
        connection = socket.create_connection(("127.0.0.1", self.network.admin_port), timeout=20)
        self.addCleanup(connection.close)
        return connection

    def test_garbage(self):
        for data in (os.urandom(5000), b"\0" * 100 + b"\r\n\r\n", b"GET\r\n\r\n",
                     b"\x16\x03\x01\x02\x00\x01"):
            with self.subTest(data=data[:6]):
                self.assertFalse(self.said(data + b"\r\n\r\n").startswith(b"HTTP/1.1 200"))

    def test_a_header_without_end(self):
        self.assertFalse(self.said(b"GET /metrics HTTP/1.1\r\nX: " + b"x" * 100000)
                         .startswith(b"HTTP/1.1 200"))

    def test_another_method(self):
        for method in (b"POST", b"DELETE", b"PUT"):
            answer = self.said(method + b" /metrics HTTP/1.1\r\nContent-Length: 9\r\n\r\n")
            self.assertTrue(answer.startswith(b"HTTP/1.1 405"), answer)
            self.assertIn(b"GET only", answer)

    def test_another_page_names_those_that_there_are(self):
        status, text = self.network.page("nowhere")
        self.assertEqual(status, 404)
        self.assertIn("/readyz", text)

    def test_readers_that_do_not_read(self):
        """More than may be open at once: the oldest go, whoever reads is served."""
        for _ in range(100):
            self.admin().sendall(b"GET /metrics HTTP/1.1\r\n\r\n")
        for _ in range(100):
            self.admin().sendall(b"GET /metr")
        self.network.metrics()


class Reload(Running):
    """Whatever is wrong: everything stays as it was, the log says why, and it is counted."""

    def setUp(self):
        self.switch = self.network.directory / "switch"
        self.kept = {name: (self.switch / name).read_bytes() for name in
                     ("wasl.toml", "pki/server.crt", "pki/server.key", "pki/ca.crt", "pki/ca.crl")}

    def put_back(self):
        for name, text in self.kept.items():
            (self.switch / name).write_bytes(text)

    def tearDown(self):
        self.put_back()
        self.assertTrue(self.network.reload())
        self.network.ready(200)
        super().tearDown()

    def keeps_what_it_has(self, word):
        expiry = self.expiry()
        with self.counted(RELOAD_FAILED):
            self.assertFalse(self.network.reload())
        self.assertEqual(self.expiry(), expiry)
        self.assertEqual(self.logged("reload.failed", "error", word)["level"], "error")
        self.put_back()  # For the client, which trusts the same file.
        with self.network.connect("provider", PROVIDER) as connection:
            self.is_approved(connection.ask(self.network.claim(PROVIDER, self.household())))

    def logged(self, event, field, word):
        """The line, once it is written."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while True:
            for line in self.network.log():
                if line["event"] == event and re.search(word, line[field]):
                    return line
            self.assertLess(time.monotonic(), give_up, f"no {event} with {word}")
            time.sleep(0.01)

    def expiry(self):
        return [value for name, value in self.network.metrics().items() if "expiry" in name]

    def test_a_configuration_with_a_typo(self):
        text = (self.switch / "wasl.toml").read_text(encoding="utf-8")
        (self.switch / "wasl.toml").write_text(text.replace("[admin]", "[admim]"),
                                               encoding="utf-8")
        self.keeps_what_it_has(r"wasl\.toml:\d+:2: .*did you mean 'admin'")

    def test_no_configuration(self):
        (self.switch / "wasl.toml").unlink()
        self.keeps_what_it_has(r"wasl\.toml")

    def test_what_only_a_restart_changes_is_named(self):
        text = (self.switch / "wasl.toml").read_text(encoding="utf-8")
        text = text.replace("pki/server.crt", "pki/none.crt") + 'X = "x.key"\n'
        (self.switch / "wasl.toml").write_text(text, encoding="utf-8")
        self.assertTrue(self.network.reload())
        line = self.logged("reload.needs_restart", "keys", r"^tls\.certificate, card_keys\.X$")
        self.assertEqual(line["level"], "warning")

    def test_files_that_are_no_certificates(self):
        for name in ("pki/server.crt", "pki/server.key", "pki/ca.crt", "pki/ca.crl"):
            with self.subTest(file=name):
                (self.switch / name).write_bytes(b"hello\n")
                self.keeps_what_it_has(name)

    def test_an_expired_certificate(self):
        bad_certificates.certificate(self.switch / "pki", "server", dns="localhost",
                                     days=(-30, -1))
        self.keeps_what_it_has(r"pki/server\.crt: has expired")

    def test_the_key_of_another_certificate(self):
        bad_certificates.certificate(self.switch / "pki", "another", dns="localhost")
        (self.switch / "pki/another.key").replace(self.switch / "pki/server.key")
        self.keeps_what_it_has("is not the key of")

    def test_a_revocation_list_of_another_authority(self):
        other = self.network.directory / "other"
        self.network.wasl("pki", "init", "--dir", str(other))
        (self.switch / "pki/ca.crl").write_bytes((other / "ca.crl").read_bytes())
        self.keeps_what_it_has("not signed by an authority")


class Stop(Running):
    def test_under_load_it_answers_what_it_took_and_exits_in_time(self):
        """Whoever does not say goodbye keeps the switch from ending before its deadline: /readyz
        is seen meanwhile. Then everything that was answered must be there."""
        silent = self.network.connect("provider", PROVIDER)
        self.addCleanup(silent.close)
        answered = {provider: [] for provider in plain_network.PROVIDERS[2:6]}
        sellers = [threading.Thread(target=self.sell, args=item) for item in answered.items()]
        for seller in sellers:
            seller.start()
        self.until(lambda metrics: all(answered.values()))
        process = self.network.process
        process.terminate()
        self.assertRegex(self.network.ready(503), r"\[-\] process: stopping")
        self.assertEqual(process.wait(10), 0)
        self.network.process = None
        for seller in sellers:
            seller.join()
        self.assertTrue(self.network.verify()["ok"])
        self.network.start()
        self.bystander.connect()
        for provider, claims in answered.items():
            connection = self.connect(provider)
            for claim, stored in claims:
                self.assertEqual(connection.ask(claim).body, stored)

    def sell(self, provider, answered):
        """On cards of its own, approved or not."""
        first = 100 + 20 * plain_network.PROVIDERS.index(provider)
        households = itertools.cycle(range(first, first + 20))
        with contextlib.suppress(Closed), self.network.connect("provider", provider) as connection:
            for household in households:
                claim = self.network.claim(provider, household)
                answered.append((claim, connection.ask(claim).body))


class Log(unittest.TestCase):
    """On a pipe of one page, which nobody reads once the switch is ready."""

    def setUp(self):
        self.network = Network(20)
        self.addCleanup(self.network.remove)
        self.reader, writer = os.pipe()
        self.addCleanup(os.close, self.reader)
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
        self.network.process = subprocess.Popen(
            [*self.network.command, "serve", "--config", str(self.network.configuration)],
            stderr=writer)
        os.close(writer)
        with open(self.reader, encoding="utf-8", closefd=False) as log:
            ready = next(line for line in map(json.loads, log) if line["event"] == "serve.ready")
        self.network.address = ("127.0.0.1", ready["port"])
        self.network.admin_port = ready["admin_port"]

    def test_a_reader_that_stops_holds_up_nothing(self):
        for _ in range(60):
            self.assertTrue(self.network.reload())
        for _ in range(10):
            with socket.create_connection(self.network.address, timeout=20) as noise:
                noise.sendall(b"GET / HTTP/1.1\r\n\r\n")
        self.network.ready(200)
        with self.network.connect("provider", PROVIDER) as connection:
            answer = connection.ask(self.network.claim(PROVIDER, 1))
            self.assertEqual(body(answer).outcome, pb.ClaimAnswer.APPROVED)
        self.network.process.send_signal(signal.SIGINT)
        self.network.stop()
        self.assertTrue(self.network.verify()["ok"])

    def test_a_reader_that_has_gone_ends_nothing(self):
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, self.reader)
        os.close(nothing)
        self.assertTrue(self.network.reload())
        self.assertTrue(self.network.reload())
        self.assertGreater(self.network.metrics()["wasl_log_left_out_total"], 0)
        self.network.stop()


class Disk(unittest.TestCase):
    """Of 800 MiB with 544 in reserve, the least: docs/operating.md, "The disk"."""

    RESERVE = 544 * MIB
    PLENTY = RESERVE + 64 * MIB

    def setUp(self):
        self.households = itertools.count()
        self.network = Network(60, {"data.disk_reserve_bytes": self.RESERVE,
                                    "data.segment_bytes": MIB})
        self.addCleanup(self.network.remove)
        self.network.identity("provider", PROVIDER)
        self.disk = SmallDisk(self.network, mebibytes=800)
        self.addCleanup(self.disk.close)

    def test_full_at_the_start_it_is_refused_with_a_reason(self):
        self.disk.leave(self.RESERVE // 4 - MIB)
        for command in ("serve", "import"):
            with self.subTest(command=command):
                more = [str(self.network.directory / "plain")] if command == "import" else []
                done = self.network.wasl(command, *more, "--config",
                                         str(self.network.configuration), code=1)
                self.assertRegex(done.stderr, r"bytes are free.*free some space")
        self.disk.leave(self.PLENTY)
        self.network.start()
        self.network.stop()
        self.assertTrue(self.network.verify()["ok"])

    def test_while_running_the_reserve_is_kept_and_it_recovers_by_itself(self):
        self.network.start()
        with self.network.connect("provider", PROVIDER) as connection:
            self.trade(connection)
            refused = self.network.claim(PROVIDER, 50)
            self.leave(self.RESERVE // 2)
            self.network.ready(503)
            self.busy(connection, refused)
            self.reversals_go_on(connection)
            self.leave(self.RESERVE // 4 - 2 * MIB)
            self.busy(connection, self.reversal(1))
            self.busy(connection, self.closing())
            self.leave(0)
            self.busy(connection, refused)
            self.queries_go_on(connection)
            self.leave(self.PLENTY)
            self.network.ready(200)
            answer = connection.ask(refused)
            self.assertEqual((body(answer).outcome, answer.repeat),
                             (pb.ClaimAnswer.APPROVED, False))
            self.nothing_is_lost(connection)
        self.network.stop()
        self.assertTrue(self.network.verify()["ok"])

    def test_full_it_can_be_stopped_and_killed_and_loses_nothing(self):
        for end in (self.network.stop, self.network.kill):
            self.network.start()
            with self.network.connect("provider", PROVIDER) as connection:
                self.trade(connection)
                self.leave(0)
                self.queries_go_on(connection)
            end()
            self.disk.leave(self.PLENTY)
            self.assertTrue(self.network.verify()["ok"])
            self.network.start()
            with self.network.connect("provider", PROVIDER) as connection:
                self.nothing_is_lost(connection)
            self.network.stop()

    def trade(self, connection):
        self.claims = [self.network.claim(PROVIDER, next(self.households)) for _ in range(10)]
        self.answers = [connection.ask(claim) for claim in self.claims]

    def leave(self, free_bytes):
        """Returns when the switch, which looks at its disk by itself, has seen it."""
        self.disk.leave(free_bytes)
        wanted = free_bytes // MIB
        give_up = time.monotonic() + PATIENCE_SECONDS
        while abs(self.free_mebibytes() - wanted) > 1:
            self.assertLess(time.monotonic(), give_up)
            time.sleep(0.01)

    def free_mebibytes(self):
        return int(re.search(r"disk: (\d+) MiB free", self.network.page("readyz")[1])[1])

    def busy(self, connection, request):
        before = self.network.metrics()['wasl_busy_total{cause="disk"}']
        answer = connection.ask(request)
        self.assertIsInstance(answer, pb.Refused, answer)
        self.assertEqual((answer.code, answer.cause), (pb.Refused.BUSY, pb.Refused.DISK))
        self.assertGreater(answer.retry_after_ms, 0)
        self.assertEqual(self.network.metrics()['wasl_busy_total{cause="disk"}'], before + 1)

    def reversal(self, i):
        return pb.ReverseClaim(request_id=request_id(), cause=pb.CUSTOMER_CANCELLED,
                               original_request_id=self.claims[i].request_id)

    def closing(self):
        return pb.GetClaim(original_request_id=request_id(), close_if_absent=True)

    def reversals_go_on(self, connection):
        self.assertEqual(body(connection.ask(self.reversal(0))).effect, pb.ReversalAnswer.RELEASED)
        self.assertEqual(connection.ask(self.closing()).finding, pb.StatusAnswer.CLOSED)

    def queries_go_on(self, connection):
        for claim, answer in zip(self.claims, self.answers):
            status = connection.ask(pb.GetClaim(original_request_id=claim.request_id))
            self.assertEqual((status.finding, status.body), (pb.StatusAnswer.FOUND, answer.body))

    def nothing_is_lost(self, connection):
        for claim, answer in zip(self.claims, self.answers):
            again = connection.ask(claim)
            self.assertEqual((again.body, again.repeat), (answer.body, True))


if __name__ == "__main__":
    unittest.main(verbosity=2)
