"""kill -9 of the switch within each step of a claim's way to its money: closing, review, proposal,
collection, approval, export, the bank's answer, reduction. Each happened, or did not, and asked again
under the same request id it has happened once. Against `wasl serve`; `wasl verify` at the end.

Usage: WASL_BINARY=... [WASL_SEED=...] settlement_kill_test.py
"""

import hashlib
import os
import random
import subprocess
import time
import unittest

import plain_network as plain
from bank_case import FIRST, SECOND, BankCase
from client import body, pb, request_id
from counter_case import OPERATOR, SHARE
from network_case import P
from plain_requests import status
from switch import today

SEED = int(os.environ.get("WASL_SEED", "20260310"))
PROVIDER = pb.ParticipantName(role=pb.PROVIDER, id=P)
PROPOSER, APPROVER = ("operator:fund", FIRST), ("operator:fund", SECOND)


class Killed(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        print(f"WASL_SEED={SEED}", flush=True)
        cls.random = random.Random(SEED)

    def within(self, person, request):
        """The answer's body to a request within which the switch was killed, asked again."""
        connection = self.network.connect(*person)
        connection.send(request)
        time.sleep(self.random.uniform(0, 0.003))
        self.restart()
        connection.close()
        with self.network.connect(*person) as again:
            answer = again.ask_until_taken(request)
            self.assertEqual(again.ask(request).receipt, answer.receipt, "it is one record")
        self.assertEqual(body(answer).reason, pb.REASON_NONE)
        return body(answer)

    def steps(self, person, made, over):
        """Step by step, each with a kill, until the state is one of those."""
        while True:
            done = self.within(person, made())
            if done.state in over:
                return done

    def sold(self):
        with self.network.connect("provider", P) as connection:
            request = self.network.claim(P, next(self.households))
            return self.approved(connection, request).claim_id, request

    def close_day(self):
        """The number of the bordereau, of a `close-day` within which the switch was killed."""
        before = len(self.bordereaux())
        command = subprocess.Popen(
            [*self.network.command,
             *self.arguments("provider", P, "terminal", "close-day", "--fund", plain.FUND)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(self.random.uniform(0, 0.08))
        self.restart()
        command.wait(60)
        self.terminal("close-day", "--fund", plain.FUND)  # Resolves what was in doubt, or closes.
        self.assertEqual(len(self.bordereaux()), before + 1)
        return before + 1

    def bordereaux(self):
        return self.provider.ask(pb.ListBordereaux(fund=plain.FUND)).bordereaux

    def accepted(self, number):
        review = pb.ReviewBordereau(request_id=request_id(), fund=plain.FUND, provider=PROVIDER,
                                    number=number, accept_rest=True)
        self.assertEqual(self.within(OPERATOR, review).accepted.claims, 1)

    def paid(self, amount):
        """A run that pays one payout of so much, from the proposal to the booking."""
        run = self.within(PROPOSER, pb.ProposeRun(request_id=request_id(),
                                                  value_date=today(2))).run
        self.steps(PROPOSER, lambda: pb.CollectRun(request_id=request_id(), run=run),
                   (pb.RUN_PROPOSED,))
        self.within(APPROVER, pb.ApproveRun(request_id=request_id(), run=run, payouts=1,
                                            total_cents=amount))
        self.steps(PROPOSER, lambda: pb.ExportRun(request_id=request_id(), run=run,
                                                  payouts_per_file=500), (pb.RUN_EXPORTED,))
        name = f"BANK-{run}"
        file = self.within(PROPOSER, pb.OpenStatusFile(
            request_id=request_id(), message_id=name, entries=1,
            sha256=hashlib.sha256(name.encode()).digest())).file
        booked = pb.StatusEntry(run=run, number=1, word=pb.BANK_BOOKED, amount_cents=amount)
        self.within(PROPOSER, pb.ReceiveStatuses(request_id=request_id(), file=file, part=1,
                                                 entries=[booked]))
        self.steps(PROPOSER, lambda: pb.ApplyStatuses(request_id=request_id(), file=file),
                   (pb.STATUS_FILE_APPLIED,))

    def test_each_step_happens_once_wherever_the_switch_is_killed(self):
        before = self.balances()
        claim, request = self.sold()
        number = self.close_day()
        self.accepted(number)
        self.paid(SHARE)
        self.assertEqual(self.provider.ask(status(request)).state_now, pb.PAID)
        self.assertEqual(self.moved(before)[pb.BANK], SHARE)

        reduced = self.within(OPERATOR, pb.ReduceClaim(
            request_id=request_id(), fund=plain.FUND, provider=PROVIDER, number=number,
            claim_id=claim, insurer_cents=SHARE // 2, reason=pb.WRONG_QUANTITY))
        self.assertEqual(reduced.effect, pb.ReductionAnswer.OWED_BACK)
        self.sold()
        self.accepted(self.close_day())
        self.paid(SHARE // 2)
        moved = self.moved(before)
        self.assertEqual(moved[pb.BANK], SHARE + SHARE // 2)
        self.assertNotIn(pb.RECEIVABLE, moved)
        self.assertNotIn(pb.PAYABLE_TO_PROVIDER, moved)

    def test_a_run_is_cancelled_once(self):
        self.sold()
        self.accepted(self.close_day())
        before = self.balances()
        run = self.within(PROPOSER, pb.ProposeRun(request_id=request_id(),
                                                  value_date=today(2))).run
        self.steps(PROPOSER, lambda: pb.CollectRun(request_id=request_id(), run=run),
                   (pb.RUN_PROPOSED,))
        self.steps(APPROVER, lambda: pb.CancelRun(request_id=request_id(), run=run),
                   (pb.RUN_CANCELLED,))
        self.assertEqual(self.balances(), before)
        self.paid(SHARE)


if __name__ == "__main__":
    unittest.main(verbosity=2)
