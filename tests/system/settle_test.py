"""Settlement runs, through `wasl settle` and over TLS: what is owed, who is paid how much at once, that
two people must agree, and a run that kill -9 cut short. Against `wasl serve`.

Usage: WASL_BINARY=... settle_test.py
"""

import csv
import io
import json
import os
import unittest

import plain_network as plain
from client import body, is_refused, pb, request_id
from counter_case import SHARE, CounterCase
from network_case import P
from plain_network import CENTRE, insured
from plain_requests import reversal, status
from switch import today

PROPOSER, APPROVER = f"{plain.FUND}:007", f"{plain.FUND}:008"
RIB = "00799999002345678941"
STEP_ITEMS = 60


def of_person(household):
    return pb.Payee(insured_number=insured(household))


class Settle(CounterCase):
    def setUp(self):
        super().setUp()
        for run in self.runs():  # Whatever earlier tests left is paid by none of this one's runs.
            if run["state"] in ("RUN_COLLECTING", "RUN_PROPOSED"):
                self.settle("cancel", "--run", str(run["run"]))
        self.pay_off()

    # What both people type.

    def settle(self, *arguments, of=PROPOSER, **how):
        return self.network.wasl(*self.arguments("operator:fund", of, "settle", *arguments), **how)

    def json_of(self, *arguments, **how):
        return json.loads(self.settle(*arguments, "--json", **how).stdout)

    def runs(self):
        return self.json_of("runs")["runs"]

    def owed(self):
        """Cents by payee's id."""
        return {each["id"]: each["amount_cents"] for each in self.json_of("owed")["owed"]}

    def propose(self, *more, **how):
        return self.json_of("propose", "--value-date", today(2), *more, **how)

    def pay_off(self):
        self.propose()

    # What must have happened before.

    def give_account(self, payee):
        for operator in ("042", "043"):
            with self.network.connect("operator:centre", f"{CENTRE}:{operator}") as connection:
                answer = body(connection.ask(pb.SetPayoutAccount(
                    request_id=request_id(), payee=payee, payout_account=RIB)))
                self.assertEqual(answer.reason, pb.REASON_NONE)

    def accepted(self, count=1):
        """Requests of claims that the centre has accepted together."""
        number, sales = self.presented(count)
        self.counter("accept", *self.named(number), "--all")
        return [request for _, request in sales]

    def refunded(self):
        """A refund of a new household: the household and the request."""
        self.household = next(self.households)
        request = self.refund()
        self.assertEqual(body(self.centre.ask(request)).outcome, pb.ClaimAnswer.APPROVED)
        return self.household, request

    def state(self, connection, request):
        return connection.ask(status(request)).state_now

    # A run.

    def test_what_is_owed_becomes_payouts_that_two_people_agree_to(self):
        self.give_account(pb.Payee(provider=pb.ParticipantName(role=pb.PROVIDER, id=P)))
        claims = self.accepted(2)
        household, refund = self.refunded()
        self.give_account(of_person(household))
        self.assertEqual(self.owed(), {P: 2 * SHARE, insured(household): SHARE})
        text = self.settle("propose", "--value-date", today(2)).stdout
        self.assertIn("proposed, waits for a second person", text)
        self.assertIn(f"payouts: 2; {3 * SHARE / 100:,.2f}", text)
        run = self.runs()[-1]
        self.assertIn(f"wasl settle approve --run {run['run']}", text)
        self.assertEqual(self.owed(), {})
        self.assertEqual(self.state(self.provider, claims[0]), pb.IN_RUN)
        self.assertEqual(self.state(self.centre, refund), pb.IN_RUN)
        shown = self.json_of("show", "--run", str(run["run"]))
        self.assertEqual([(each["id"], each["amount_cents"], each["last_digits"])
                          for each in shown["payout_list"]],
                         [(insured(household), SHARE, "8941"), (P, 2 * SHARE, "8941")])

        named = ("approve", "--run", str(run["run"]))
        self.assertIn("SAME_OPERATOR", self.settle(*named, code=2).stdout)
        self.assertIn("approved", self.settle(*named, of=APPROVER).stdout)
        self.assertEqual(self.runs()[-1]["approved_by"], "008")
        self.assertIn("RUN_NOT_IN_THIS_STATE", self.settle(*named, of=APPROVER, code=2).stdout)

    def test_a_cancelled_run_leaves_everything_as_it_was(self):
        self.give_account(pb.Payee(provider=pb.ParticipantName(role=pb.PROVIDER, id=P)))
        [claim] = self.accepted()
        owed = self.owed()
        run = self.propose()["run"]
        self.assertIn("cancelled", self.settle("cancel", "--run", str(run)).stdout)
        self.assertEqual(self.owed(), owed)
        self.assertEqual(self.state(self.provider, claim), pb.ACCEPTED)
        self.assertEqual(self.json_of("show", "--run", str(run))["payout_list"], [])
        self.assertIn(f"payouts: 1; {SHARE / 100:,.2f}; given back, owed again: 1",
                      self.settle("show", "--run", str(run)).stdout)
        self.pay_off()
        self.assertIn("nothing to pay",
                      self.settle("propose", "--value-date", today(2)).stdout)

    def at_a_keyboard(self, question, answer, *arguments, of=PROPOSER):
        """What is shown before the question, what after it, stdout, and the exit code."""
        process, keyboard = self.talk_to(*self.arguments("operator:fund", of, "settle", *arguments),
                                         keyboard=True)
        before = self.read_until(process.stderr, question)
        os.write(keyboard, answer)
        out, error = process.communicate(timeout=20)
        return before, error.decode(), out.decode(), process.returncode

    def test_at_a_keyboard_it_asks_before_a_run_is_approved_or_cancelled(self):
        self.give_account(pb.Payee(provider=pb.ParticipantName(role=pb.PROVIDER, id=P)))
        self.accepted()
        run = str(self.propose()["run"])
        for command, question in (("approve", b"Approve it? (y/n) "),
                                  ("cancel", b"Cancel it? (y/n) ")):
            for answer, code in ((b"n\n", 1), (b"y\n", 0)):
                shown, after, out, left = self.at_a_keyboard(question, answer, command, "--run",
                                                             run, of=APPROVER)
                self.assertIn(f"payouts: 1; {SHARE / 100:,.2f}", shown)
                self.assertEqual((left, after), ((1, "nothing was sent\n") if code else (0, "")))
                self.assertEqual(out == "", code == 1)
        process, _ = self.talk_to(*self.arguments(
            "operator:fund", APPROVER, "settle", "approve", "--run", run), keyboard=True)
        out, error = process.communicate(timeout=20)
        self.assertEqual((process.returncode, out), (2, b""))
        self.assertIn("does not wait for an approval; it is: cancelled", error.decode())
        self.pay_off()

    def test_with_json_stdout_holds_the_answer_alone(self):
        self.give_account(pb.Payee(provider=pb.ParticipantName(role=pb.PROVIDER, id=P)))
        self.accepted()
        run = str(self.propose()["run"])
        _, _, out, _ = self.at_a_keyboard(b"Approve it? (y/n) ", b"y\n", "approve", "--run", run,
                                          "--json", of=APPROVER)
        self.assertEqual(json.loads(out)["runs"][0]["state"], "RUN_APPROVED")

    def test_who_cannot_be_paid_is_left_out_and_named(self):
        household, refund = self.refunded()
        left_out = self.propose()["left_out"]
        self.assertIn({"payee": "insured", "id": insured(household), "amount_cents": SHARE,
                       "why": "NO_ACCOUNT"}, left_out)
        self.give_account(of_person(household))
        rows = list(csv.DictReader(io.StringIO(self.settle(
            "propose", "--value-date", today(2), "--minimum", str(SHARE // 100 + 1),
            "--csv").stdout)))
        self.assertIn((insured(household), "BELOW_MINIMUM"),
                      [(row["id"], row["why"]) for row in rows])
        self.assertEqual(body(self.centre.ask(reversal(refund))).reason, pb.REASON_NONE)
        self.assertNotIn(insured(household), self.owed())

    def test_a_refund_in_a_run_is_not_reversed(self):
        household, refund = self.refunded()
        self.give_account(of_person(household))
        self.pay_off()
        self.assertEqual(body(self.centre.ask(reversal(refund))).reason, pb.NOT_IN_THIS_STATE)

    def test_a_run_that_kill_9_cut_short_goes_on_and_takes_each_item_once(self):
        people = []
        for _ in range(STEP_ITEMS + 3):
            household, _ = self.refunded()
            people.append(household)
        with self.network.connect("operator:fund", PROPOSER) as connection:
            for household in people:
                answer = connection.ask(pb.SetPayoutAccount(
                    request_id=request_id(), payee=of_person(household), payout_account=RIB))
                self.assertEqual(body(answer).effect, pb.PayoutAnswer.WAITS)
        with self.network.connect("operator:fund", APPROVER) as connection:
            for household in people:
                answer = connection.ask(pb.SetPayoutAccount(
                    request_id=request_id(), payee=of_person(household), payout_account=RIB))
                self.assertEqual(body(answer).effect, pb.PayoutAnswer.SET)
        with self.network.connect("operator:fund", PROPOSER) as connection:
            run = body(connection.ask(
                pb.ProposeRun(request_id=request_id(), value_date=today(2)))).run
            step = pb.CollectRun(request_id=request_id(), run=run)
            first = body(connection.ask(step))
            self.assertEqual(first.state, pb.RUN_COLLECTING)
        self.restart()
        with self.network.connect("operator:fund", PROPOSER) as connection:
            again = connection.ask(step)
            self.assertTrue(again.repeat)
            self.assertEqual(body(again), first)
        collected = self.json_of("collect", "--run", str(run))
        self.assertEqual(collected["state"], "RUN_PROPOSED")
        shown = self.json_of("show", "--run", str(run))
        ids = [each["id"] for each in shown["payout_list"]]
        self.assertEqual(sorted(ids), sorted(insured(household) for household in people))
        self.assertEqual(collected["total_cents"], len(people) * SHARE)
        self.settle("cancel", "--run", str(run))
        self.assertEqual(len(self.owed()), len(people))

    # What is wrong.

    def test_of_a_value_date_far_away_no_run_is_proposed(self):
        before = len(self.runs())
        for days in (-1, 31):
            done = self.settle("propose", "--value-date", today(days), code=2)
            self.assertIn("VALUE_DATE_INVALID", done.stdout)
        self.assertEqual(len(self.runs()), before)
        self.settle("propose", "--value-date", "2026-02-30", code=1)

    def test_a_run_that_there_is_not(self):
        done = self.settle("approve", "--run", "1", code=1)
        self.assertIn("your fund has no settlement run of this number", done.stderr)
        self.assertIn("RUN_UNKNOWN", self.settle("cancel", "--run", "1", code=2).stdout)
        process, _ = self.talk_to(*self.arguments("operator:fund", APPROVER, "settle", "cancel",
                                                  "--run", "1"), keyboard=True)
        out, _ = process.communicate(timeout=20)
        self.assertIn("RUN_UNKNOWN", out.decode())
        self.assertEqual(process.returncode, 2)

    def test_what_another_person_saw_is_not_approved(self):
        self.give_account(pb.Payee(provider=pb.ParticipantName(role=pb.PROVIDER, id=P)))
        self.accepted()
        run = self.propose()
        with self.network.connect("operator:fund", APPROVER) as connection:
            answer = body(connection.ask(pb.ApproveRun(
                request_id=request_id(), run=run["run"], payouts=run["payouts"],
                total_cents=run["total_cents"] + 1)))
        self.assertEqual(answer.reason, pb.RUN_DIFFERS)

    def test_a_centres_people_have_no_runs(self):
        with self.network.connect("operator:centre", f"{CENTRE}:042") as connection:
            self.assertTrue(is_refused(connection.ask(pb.ListRuns()), pb.Refused.NOT_PERMITTED))


if __name__ == "__main__":
    unittest.main(verbosity=2)
