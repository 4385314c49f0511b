"""The ledger as its owners see it: a fund's trial balance and postings, a pharmacy's statement, over
TLS and through `wasl ledger`, before and after kill -9. Against `wasl serve`.

Usage: WASL_BINARY=... ledger_test.py
"""

import csv
import io
import json
import unittest

import plain_network as plain
from client import pb
from network_case import P, NetworkCase
from plain_network import CENTRE, PROVIDERS
from plain_requests import reversal
from switch import today

SHARE = plain.PRICE_CENTS * 8 // 10
Q = PROVIDERS[1]


def participant(role, id):
    return pb.ParticipantName(role=role, id=id)


class Ledger(NetworkCase):
    def balances(self):
        page = self.fund.ask(pb.ListBalances())
        return {each.account: (each.debit_cents, each.credit_cents) for each in page.balances}

    def sets(self, connection, **request):
        """All of them, page by page."""
        found, request = [], pb.ListPostings(page_size=2, **request)
        of_all = connection is self.fund and not request.HasField("participant")
        while True:
            page = connection.ask(request)
            self.assertIsInstance(page, pb.PostingsPage, page)
            found.extend(page.sets)
            if not page.next_after:
                return found
            request.after = page.next_after
            if of_all:
                request.after_participant.CopyFrom(page.next_participant)

    def story(self):
        """A claim that stands, one reversed, one of another pharmacy, a refund: what they posted."""
        stands = self.approved(self.provider, self.claim())
        request = self.claim(products=("T02",))
        reversed_one = self.approved(self.provider, request)
        self.provider.ask(reversal(request))
        with self.network.connect("provider", Q) as other:
            elsewhere = self.approved(other, self.network.claim(Q, self.household,
                                                                products=("T03", "T04")))
        refund = self.approved(self.centre, self.refund(products=("T05",)))
        return stands, reversed_one, elsewhere, refund

    def test_balances_follow_approvals_and_reversals_and_survive_a_kill(self):
        before = self.balances()
        self.story()
        after = self.balances()
        moved = {account: tuple(new - old for new, old in zip(after[account],
                                                              before.get(account, (0, 0))))
                 for account in after}
        self.assertEqual(moved, {pb.BENEFITS_EXPENSE: (5 * SHARE, SHARE),
                                 pb.APPROVED_NOT_ACCEPTED: (SHARE, 4 * SHARE),
                                 pb.PAYABLE_TO_INSURED: (0, SHARE)})
        self.assertEqual(sum(debit for debit, _ in after.values()),
                         sum(credit for _, credit in after.values()))
        self.restart()
        self.assertEqual(self.balances(), after)

    def test_a_fund_lists_every_set_and_each_participant_its_own(self):
        stands, reversed_one, elsewhere, refund = self.story()
        everything = self.sets(self.fund)
        keys = [(each.participant.role, each.participant.id, each.sequence) for each in everything]
        self.assertEqual(keys, sorted(keys))
        for each in everything:
            self.assertEqual(sum(line.debit_cents - line.credit_cents for line in each.postings), 0)
        mine = self.sets(self.provider, fund=plain.FUND)
        self.assertEqual(mine, self.sets(self.fund, participant=participant(pb.PROVIDER, P)))
        self.assertEqual([(each.claim_id, each.cause) for each in mine[-3:]],
                         [(stands.claim_id, pb.APPROVAL), (reversed_one.claim_id, pb.APPROVAL),
                          (reversed_one.claim_id, pb.REVERSAL)])
        theirs = self.sets(self.fund, participant=participant(pb.PROVIDER, Q))
        self.assertEqual(theirs[-1].claim_id, elsewhere.claim_id)
        refunds = self.sets(self.centre, fund=plain.FUND)
        self.assertEqual(refunds[-1].claim_id, refund.claim_id)
        self.assertEqual([line.account for line in refunds[-1].postings],
                         [pb.BENEFITS_EXPENSE, pb.PAYABLE_TO_INSURED])
        self.assertEqual(len(everything), len(mine) + len(theirs) + len(refunds))
        self.assertEqual(self.sets(self.provider, fund=plain.OTHER_FUND), [])

    # The command line.

    def ledger(self, role, id, *arguments):
        identity = self.network.identity(role, id)
        outbox = self.network.directory / f"outbox-{id}"
        return self.network.wasl(
            "ledger", *arguments, "--server", f"localhost:{self.network.address[1]}",
            "--certificate", str(identity.certificate), "--key", str(identity.key),
            "--authority", str(identity.authority), "--outbox", str(outbox)).stdout

    def test_the_trial_balance_is_printed_for_people_and_machines(self):
        self.story()
        found = json.loads(self.ledger("fund", plain.FUND, "trial-balance", "--json"))
        self.assertTrue(found["in_balance"])
        self.assertEqual(found["debit_cents"], found["credit_cents"])
        accounts = {each["account"]: each for each in found["accounts"]}
        debit, credit = self.balances()[pb.APPROVED_NOT_ACCEPTED]
        self.assertEqual(accounts["approved_not_accepted"],
                         {"account": "approved_not_accepted", "debit_cents": debit,
                          "credit_cents": credit})
        text = self.ledger("fund", plain.FUND, "trial-balance")
        self.assertTrue(text.endswith("in balance\n"), text)
        rows = list(csv.DictReader(io.StringIO(self.ledger("fund", plain.FUND, "trial-balance",
                                                           "--csv"))))
        self.assertEqual({row["account"] for row in rows}, set(accounts))

    def test_a_statement_goes_from_what_was_owed_to_what_is_owed(self):
        stands, reversed_one, _, _ = self.story()
        found = json.loads(self.ledger("provider", P, "statement", "--fund", plain.FUND, "--json"))
        [account] = found["accounts"]
        self.assertEqual(account["account"], "approved_not_accepted")
        self.assertEqual(account["opening_cents"], 0)
        moves = [(each["claim_id"], each["cause"], each["change_cents"])
                 for each in account["movements"][-3:]]
        self.assertEqual(moves, [(stands.claim_id, "approval", SHARE),
                                 (reversed_one.claim_id, "approval", SHARE),
                                 (reversed_one.claim_id, "reversal", -SHARE)])
        self.assertEqual(account["closing_cents"],
                         sum(each["change_cents"] for each in account["movements"]))
        later = json.loads(self.ledger("fund", plain.FUND, "statement", "--participant",
                                       f"provider:{P}", "--from", today(2), "--json"))
        self.assertEqual(later["accounts"], [{"account": "approved_not_accepted",
                                              "opening_cents": account["closing_cents"],
                                              "movements": [],
                                              "closing_cents": account["closing_cents"]}])

    def test_postings_are_exported_whole(self):
        self.story()
        rows = list(csv.DictReader(io.StringIO(
            self.ledger("fund", plain.FUND, "postings", "--csv"))))
        everything = self.sets(self.fund)
        self.assertEqual(len(rows), sum(len(each.postings) for each in everything))
        self.assertEqual({row["participant"] for row in rows},
                         {f"provider:{P}", f"provider:{Q}", f"centre:{CENTRE}"})
        own = json.loads(self.ledger("centre", CENTRE, "postings", "--fund", plain.FUND, "--json"))
        self.assertTrue(all(each["participant"] == f"centre:{CENTRE}" for each in own["sets"]))

    def test_an_operator_asks_in_its_funds_name(self):
        self.story()
        operator = ("operator:fund", plain.FUND + ":007")
        self.assertEqual(self.ledger(*operator, "postings", "--json"),
                         self.ledger("fund", plain.FUND, "postings", "--json"))
        self.assertIn(f"statement of provider:{P} with fund {plain.FUND}",
                      self.ledger(*operator, "statement", "--participant", f"provider:{P}"))

    def test_the_command_says_what_is_missing(self):
        identity = self.network.identity("fund", plain.FUND)
        done = self.network.wasl(
            "ledger", "statement", "--server", f"localhost:{self.network.address[1]}",
            "--certificate", str(identity.certificate), "--key", str(identity.key),
            "--authority", str(identity.authority), "--outbox",
            str(self.network.directory / "outbox-CNAS"), code=1)
        self.assertIn("give --participant", done.stderr)
        pharmacy = self.network.identity("provider", P)
        done = self.network.wasl(
            "ledger", "trial-balance", "--server", f"localhost:{self.network.address[1]}",
            "--certificate", str(pharmacy.certificate), "--key", str(pharmacy.key),
            "--authority", str(pharmacy.authority), "--outbox",
            str(self.network.directory / f"outbox-{P}"), code=4)
        self.assertIn("NOT_PERMITTED", done.stderr)


if __name__ == "__main__":
    unittest.main()
