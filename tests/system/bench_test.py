"""`wasl bench` against a real switch: it counts what the switch counts, by its own pace and by a
schedule, and ends with figures also when the switch dies under it.

Usage: WASL_BINARY=... bench_test.py
"""

import json
import subprocess
import time
import unittest

from switch import Network

CONNECTIONS = 8


class Bench(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.network = Network(households=1)

    @classmethod
    def tearDownClass(cls):
        cls.network.remove()

    def setUp(self):
        self.network.start()

    def tearDown(self):
        if self.network.process is not None:
            self.network.stop()

    def command(self, *options):
        where = self.network.directory
        return ["bench", str(where / "switch"), "--network", str(where / "sample"), "--port",
                str(self.network.address[1]), "--connections", str(CONNECTIONS), "--json", *options]

    def bench(self, *options):
        return json.loads(self.network.wasl(*self.command(*options)).stdout)

    def decided(self):
        return sum(count for name, count in self.network.metrics().items()
                   if name.startswith("wasl_claims_total{"))

    def check(self, report):
        self.assertEqual(report["connections"], CONNECTIONS)
        self.assertEqual(report["claims"], self.decided())
        self.assertEqual(report["unanswered"], 0)
        self.assertEqual(report["claims"],
                         report["approved"] + sum(report["declined"].values()))
        self.assertGreater(report["latency_ms"]["p50"], 0)

    def test_one_claim_in_flight_on_each_connection(self):
        self.check(self.bench("--seconds", "1", "--claims", "400"))

    def test_a_schedule(self):
        report = self.bench("--seconds", "2", "--rate", "100")
        self.check(report)
        self.assertEqual(report["claims"], 200)

    def test_a_switch_that_dies_leaves_claims_unanswered(self):
        command = [*self.network.command, *self.command("--seconds", "4", "--rate", "100")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bench:
            # When each connection has its third claim, the first answers have been read.
            while self.decided() <= 2 * CONNECTIONS and bench.poll() is None:
                time.sleep(0.01)
            self.network.kill()
            report = json.loads(bench.communicate(timeout=60)[0])
        self.assertEqual(bench.returncode, 0)
        self.assertGreater(report["claims"], 0)
        self.assertGreater(report["unanswered"], 0)


if __name__ == "__main__":
    unittest.main()
