"""What waits for somebody's next step: as a switch that has just started tells it by its metrics, and
`wasl counter pending`. Against `wasl serve`.

Usage: WASL_BINARY=... pending_test.py
"""

import time
import unittest

import plain_network as plain
from counter_case import CounterCase
from plain_network import insured
from switch import today

OF_THE_FUND = ("operator:fund", f"{plain.FUND}:007")


class Pending(CounterCase):
    def items(self, state, owner):
        """What waits, as the metrics of a switch say that has just started again and looked."""
        self.restart()
        give_up = time.monotonic() + 30
        while not (metrics := self.network.metrics())["wasl_pending_scan_timestamp_seconds"]:
            self.assertLess(time.monotonic(), give_up, metrics)
            time.sleep(0.05)
        return metrics[f'wasl_pending_items{{fund="{plain.FUND}",state="{state}",owner="{owner}"}}']

    def test_a_rejected_claim_waits_for_its_correction(self):
        number, [(claim, request)] = self.presented(1)
        before = self.items("rejected", "provider")
        self.counter("reject", *self.named(number), "--claim", str(claim),
                     "--reason", "wrong-quantity")
        self.assertEqual(self.items("rejected", "provider"), before + 1)
        self.correct(request, 40000)
        self.assertEqual(self.items("rejected", "provider"), before)

    def test_a_held_claim_waits_for_whom_the_hold_names(self):
        number, [(claim, _)] = self.presented(1)
        self.counter("hold", *self.named(number), "--claim", str(claim), "--reason",
                     "MISSING_PRESCRIPTION", "--until", today(3), "--owner", "PROVIDER")
        self.assertEqual((self.items("held", "provider"), self.items("held", "centre")), (1, 0))
        self.counter("accept", *self.named(number), "--claim", str(claim))
        self.assertEqual(self.items("held", "provider"), 0)

    def test_an_account_and_an_agreement_wait_for_operators_of_the_fund(self):
        self.counter("payout", "set", "--insured", insured(self.household), "--account",
                     "00799999002345678941", of=OF_THE_FUND)
        agreement = self.granted(self.provider, self.wish(product_code="T01")).agreement_id
        work = self.work(of=OF_THE_FUND)
        [entered] = [each for each in work["account_changes"]
                     if each["id"] == insured(self.household)]
        self.assertEqual((entered["payee"], entered["days_late"], entered["operator"]),
                         ("insured", 0, "007"))
        [asked] = [each for each in work["agreements"] if each["agreement"] == agreement]
        self.assertEqual((asked["deadline"], asked["wanted_for"]), (today(-30), "product T01"))
        self.assertGreaterEqual(asked["days_late"], 29)
        self.assertIn("prior agreements to decide: 1; late: 1",
                      self.counter("pending", of=OF_THE_FUND).stdout)
        self.assertEqual(self.work()["agreements"], [], "they are the fund's to decide")
        self.assertEqual(self.items("account", "fund"), 1)
        self.assertEqual(self.items("agreement", "fund"), 1)
        self.granted(self.fund, self.decision(agreement))
        self.assertEqual(self.items("agreement", "fund"), 0)


if __name__ == "__main__":
    unittest.main()
