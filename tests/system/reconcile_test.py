"""After the acceptance: claims are reduced, what was paid is owed back and withheld; and each business
day is reconciled, by the fund and by the pharmacy itself. Over TLS against `wasl serve`.

Usage: WASL_BINARY=... reconcile_test.py
"""

import json
import unittest

import plain_network as plain
from bank_case import FIRST, FUNDS, PHARMACYS, BankCase
from bank_file import notification, read_order
from client import body, is_refused, pb, request_id
from counter_case import OPERATOR, SHARE
from network_case import P
from plain_requests import reversal
from switch import today

PROVIDER = pb.ParticipantName(role=pb.PROVIDER, id=P)
CUT = 10_000  # Centimes.


class Reconciling(BankCase):
    # Asked by the people of the centre and of the fund.

    def reduce(self, number, claim, insurer_cents, of=OPERATOR):
        with self.network.connect(*of) as connection:
            return body(connection.ask(pb.ReduceClaim(
                request_id=request_id(), fund=plain.FUND, provider=PROVIDER, number=number,
                claim_id=claim, insurer_cents=insurer_cents, reason=pb.WRONG_QUANTITY)))

    def accepted(self):
        """The bordereau of an accepted claim, and the claim's id."""
        number, [(claim, _)] = self.presented(1)
        self.counter("accept", *self.named(number), "--all")
        return number, claim

    def paid(self):
        number, claim = self.accepted()
        self.book(self.pay())
        return number, claim

    def pay(self):
        """The bank's order of a run of all that is owed."""
        run = self.propose_and_approve()
        self.export(run)
        return read_order(self.folder / f"{plain.FUND}-{run}-F1.xml")

    def book(self, order):
        self.import_status(notification("N-" + order.message_id, FUNDS,
                                        [(each.id, each.cents) for each in order.transfers]))

    def owed_back(self):
        with self.network.connect("operator:fund", FIRST) as connection:
            page = connection.ask(pb.ListReceivables())
        return {each.provider.id: each.amount_cents for each in page.receivables}

    def day(self, connection, **request):
        """The page of the business day that it is."""
        for date in (today(1), today(0)):
            page = connection.ask(pb.Reconcile(fund=plain.FUND, date=date, **request))
            if page.known:
                return page
        raise AssertionError("no business day has begun")

    def own_day(self):
        [account] = self.day(self.provider).accounts
        return account

    # Reductions.

    def test_an_accepted_claim_is_reduced_before_it_is_paid(self):
        number, claim = self.accepted()
        answer = self.reduce(number, claim, SHARE - CUT)
        self.assertEqual(answer.effect, pb.ReductionAnswer.OWED_LESS)
        self.assertEqual(answer.difference_cents, CUT)
        order = self.pay()
        self.assertEqual([(each.account, each.cents) for each in order.transfers],
                         [(PHARMACYS, SHARE - CUT)])
        [shown] = self.shown(number)["claims"]
        self.assertEqual((shown["insurer_cents"], shown["reduced_cents"]), (SHARE - CUT, CUT))
        self.book(order)

    def test_who_asks_for_a_reduced_claim_is_told_by_how_much(self):
        number, claim = self.accepted()
        days = {"from": today(-1), "until": today(1)}
        [listed] = [each for each in self.provider.ask(pb.ListClaims(**days)).claims
                    if each.claim_id == claim]
        asked = pb.GetClaim(original_request_id=listed.request_id)
        self.assertEqual(self.provider.ask(asked).reduced_cents, 0)
        self.reduce(number, claim, SHARE - CUT)
        told = self.provider.ask(asked)
        self.assertEqual(told.reduced_cents, CUT)
        self.assertEqual(body(told).insurer_cents, SHARE, "what was answered stays")

    def test_a_claim_that_is_being_settled_is_not_reduced(self):
        number, claim = self.accepted()
        order = self.pay()
        self.assertEqual(self.reduce(number, claim, 0).reason, pb.IN_SETTLEMENT)
        self.book(order)

    def test_what_was_paid_is_owed_back_and_withheld_from_the_next_payout(self):
        number, claim = self.paid()
        before = self.balances()
        answer = self.reduce(number, claim, SHARE - CUT)
        self.assertEqual(answer.effect, pb.ReductionAnswer.OWED_BACK)
        self.assertEqual(self.owed_back(), {P: CUT})
        self.assertEqual(self.moved(before), {pb.BENEFITS_EXPENSE: CUT, pb.RECEIVABLE: -CUT})
        self.restart()
        self.assertEqual(self.owed_back(), {P: CUT})
        self.accepted()
        order = self.pay()
        self.assertEqual([(each.account, each.cents) for each in order.transfers],
                         [(PHARMACYS, SHARE - CUT)])
        self.assertEqual(self.owed_back(), {})
        self.book(order)
        self.assertEqual(self.moved(before)[pb.BANK], SHARE - CUT)

    def test_a_reduction_lowers_and_is_the_centres(self):
        number, claim = self.accepted()
        self.assertEqual(self.reduce(number, claim, SHARE).reason, pb.NOT_A_REDUCTION)
        self.assertEqual(self.reduce(number, claim + 1, 0).reason, pb.NOT_PRESENTED)
        self.assertEqual(self.reduce(number + 1, claim, 0).reason, pb.BORDEREAU_UNKNOWN)
        with self.network.connect("centre", OPERATOR[1].split(":")[0]) as connection:
            refused = connection.ask(pb.ReduceClaim(
                request_id=request_id(), fund=plain.FUND, provider=PROVIDER, number=number,
                claim_id=claim, insurer_cents=0, reason=pb.WRONG_QUANTITY))
        self.assertTrue(is_refused(refused, pb.Refused.NOT_PERMITTED), "a person decides it")
        self.book(self.pay())

    # The business day.

    def test_the_switch_begins_the_business_day_itself(self):
        page = self.day(self.fund)
        self.assertGreater(page.since, 0)
        self.assertEqual(page.until, 0, "the day goes on")
        self.restart()
        self.assertEqual(self.day(self.fund).since, page.since, "once a day")
        unknown = self.fund.ask(pb.Reconcile(fund=plain.FUND, date=today(-40)))
        self.assertFalse(unknown.known)

    def test_a_pharmacys_day_tells_what_was_moved(self):
        self.approved(self.provider, self.claim())
        before = self.own_day()
        kept = self.claim()
        self.household = next(self.households)
        reversed_claim = self.claim()
        for request in (kept, reversed_claim):
            self.approved(self.provider, request)
        self.provider.ask(reversal(reversed_claim))
        after = self.own_day()
        self.assertEqual(after.authorised.count - before.authorised.count, 2)
        self.assertEqual(after.authorised.amount_cents - before.authorised.amount_cents, 2 * SHARE)
        self.assertEqual(after.reversed.amount_cents - before.reversed.amount_cents, SHARE)
        self.assertEqual(after.closing_cents - before.closing_cents, SHARE)
        self.assertTrue(after.in_balance)

    def test_what_a_pharmacy_has_counted_is_held_against_the_switch(self):
        self.approved(self.provider, self.claim())
        account = self.own_day()
        own = pb.OwnTotals(authorised=account.authorised, reversed=account.reversed,
                           presented=account.presented)
        self.assertEqual(list(self.day(self.provider, own=own).differences), [])
        own.authorised.count += 1
        own.reversed.amount_cents += 5
        differences = self.day(self.provider, own=own).differences
        self.assertEqual([each.which for each in differences],
                         [pb.TotalDiffers.AUTHORISED, pb.TotalDiffers.REVERSED])
        self.assertEqual(differences[0].held, account.authorised)

    def test_the_funds_day_is_its_participants(self):
        self.paid()
        self.approved(self.centre, self.refund())
        accounts = {each.participant.id: each for each in self.day(self.fund).accounts}
        self.assertTrue(all(each.in_balance for each in accounts.values()))
        self.assertEqual(accounts[P], self.own_day())
        balances = self.balances()
        owed = sum(amount for account, amount in balances.items()
                   if account not in (pb.BENEFITS_EXPENSE, pb.BANK))
        self.assertEqual(sum(each.closing_cents for each in accounts.values()), owed)
        pages = []
        after = None
        while True:
            page = self.day(self.fund, page_size=1, **({"after": after} if after else {}))
            pages += page.accounts
            if not page.HasField("next_after"):
                break
            after = page.next_after
        self.assertEqual([each.participant.id for each in pages], list(accounts))

    def test_the_commands_say_the_same(self):
        number, claim = self.accepted()
        done = self.counter("reduce", *self.named(number), "--claim", str(claim), "--insurer",
                            f"{(SHARE - CUT) / 100:.2f}", "--reason", "WRONG_QUANTITY")
        self.assertIn("100.00", done.stdout)
        self.book(self.pay())
        date = today(0) if self.fund.ask(
            pb.Reconcile(fund=plain.FUND, date=today(1))).known is False else today(1)
        told = self.network.wasl(*self.arguments("operator:fund", FIRST, "reconcile", "--date",
                                                 date, "--json"))
        accounts = {each["participant"]: each for each in json.loads(told.stdout)["accounts"]}
        self.assertEqual(accounts[f"provider:{P}"]["closing_cents"], self.own_day().closing_cents)
        own = self.network.wasl(*self.arguments("provider", P, "reconcile", "--fund", plain.FUND,
                                                "--date", date))
        self.assertIn("in balance", own.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)
