"""From an approved run to the bank and back, through `wasl settle` and over TLS: bank files that are the
same for ever, what the bank says of them, and what comes back. Against `wasl serve`.

Usage: WASL_BINARY=... bank_test.py
"""

import hashlib
import json
import pathlib
import tempfile
import unittest

import plain_network as plain
from bank_file import notification, read_order, report
from client import body, is_refused, pb, request_id
from counter_case import SHARE, CounterCase
from network_case import P
from plain_network import CENTRE, insured
from plain_requests import status
from switch import today

FIRST, SECOND = f"{plain.FUND}:007", f"{plain.FUND}:008"
PHARMACYS = "00799999002345678941"
PERSONS = "00200000000000000097"
OTHER = "00799999000000000109"
FUNDS = "00100000000000000097"
PHARMACY = pb.Payee(provider=pb.ParticipantName(role=pb.PROVIDER, id=P))
FUND = pb.Payee(provider=pb.ParticipantName(role=pb.FUND, id=plain.FUND))


class Bank(CounterCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.set_account(FUND, FUNDS)
        self.set_account(PHARMACY, PHARMACYS)

    # Typed by the fund's people.

    def settle(self, *arguments, of=FIRST, **how):
        return self.network.wasl(*self.arguments("operator:fund", of, "settle", *arguments), **how)

    def json_of(self, *arguments, **how):
        return json.loads(self.settle(*arguments, "--json", **how).stdout)

    def balances(self):
        """Credit less debit of each account, in centimes."""
        with self.network.connect("operator:fund", FIRST) as connection:
            page = connection.ask(pb.ListBalances())
        return {each.account: each.credit_cents - each.debit_cents for each in page.balances}

    def moved(self, before):
        """What changed since, without the accounts of approval and acceptance."""
        after = self.balances()
        return {account: after[account] - before.get(account, 0) for account in after
                if after[account] != before.get(account, 0)}

    # What must have happened before.

    def set_account(self, payee, account):
        for operator in (FIRST, SECOND):
            with self.network.connect("operator:fund", operator) as connection:
                answer = body(connection.ask(pb.SetPayoutAccount(
                    request_id=request_id(), payee=payee, payout_account=account)))
                self.assertEqual(answer.reason, pb.REASON_NONE)

    def approved_run(self, people=0, pharmacy=True):
        """A run of one accepted claim and so many refunds: its id. Their requests are kept."""
        self.claims, self.refunds, self.people = [], [], []
        if pharmacy:
            self.number, sales = self.presented(1)
            self.counter("accept", *self.named(self.number), "--all")
            self.claims = [request for _, request in sales]
        for _ in range(people):
            self.household = next(self.households)
            request = self.refund()
            self.assertEqual(body(self.centre.ask(request)).outcome, pb.ClaimAnswer.APPROVED)
            self.people.append(self.household)
            self.refunds.append(request)
        for household in self.people:
            self.set_account(pb.Payee(insured_number=insured(household)), PERSONS)
        return self.propose_and_approve()

    def propose_and_approve(self):
        run = str(self.json_of("propose", "--value-date", today(2))["run"])
        self.settle("approve", "--run", run, "--yes", of=SECOND)
        return run

    def export(self, run, *more, **how):
        return self.settle("export", "--run", run, "--out", str(self.folder), *more, **how)

    def exported(self, **what):
        """The order of an exported run of one file, and its run."""
        run = self.approved_run(**what)
        self.export(run)
        return run, read_order(self.folder / f"{plain.FUND}-{run}-F1.xml")

    def import_status(self, text, name="status.xml", **how):
        path = self.folder / name
        path.write_text(text)
        return self.settle("import-status", str(path), **how)

    def state(self, connection, request):
        return connection.ask(status(request)).state_now

    def payouts(self, run):
        return {each["end_to_end_id"]: each for each in
                self.json_of("show", "--run", run)["payout_list"]}

    # The way to the bank.

    def test_an_approved_run_becomes_a_file_for_the_bank(self):
        run, order = self.exported(people=1)
        self.assertEqual(order.message_id, f"{plain.FUND}-{run}-F1")
        self.assertEqual(order.debtor, FUNDS)
        self.assertEqual((order.count, order.control_sum), (2, 2 * SHARE))
        self.assertEqual({each.account: each.cents for each in order.transfers},
                         {PHARMACYS: SHARE, PERSONS: SHARE})
        self.assertEqual([each.id for each in order.transfers],
                         [f"{plain.FUND}-{run}-1", f"{plain.FUND}-{run}-2"])
        self.assertEqual(self.state(self.provider, self.claims[0]), pb.EXPORTED)
        self.assertEqual(self.state(self.centre, self.refunds[0]), pb.EXPORTED)

    def test_the_same_run_gives_the_same_bytes_whoever_asks_and_whenever(self):
        run = self.approved_run(people=2)
        before = self.balances()
        self.export(run, "--per-file", "2")
        first = {path.name: path.read_bytes() for path in self.folder.glob("*.xml")}
        self.assertEqual(sorted(first), [f"{plain.FUND}-{run}-F{n}.xml" for n in (1, 2)])
        self.assertEqual(self.moved(before)[pb.BANK_CLEARING], 3 * SHARE)
        self.restart()
        for path in self.folder.glob("*.xml"):
            path.unlink()
        self.export(run, "--per-file", "500", of=SECOND)
        self.assertEqual({path.name: path.read_bytes() for path in self.folder.glob("*.xml")},
                         first)
        self.assertEqual(self.moved(before)[pb.BANK_CLEARING], 3 * SHARE)
        again = self.export(run).stdout
        self.assertIn("exported before", again)

    def test_a_bank_file_that_was_altered_is_not_overwritten(self):
        run = self.approved_run()
        self.export(run)
        path = self.folder / f"{plain.FUND}-{run}-F1.xml"
        path.write_text(path.read_text().replace(PHARMACYS, OTHER))
        altered = path.read_bytes()
        self.assertIn(path.name, self.export(run, code=1).stderr)
        self.assertEqual(path.read_bytes(), altered)

    def test_what_is_exported_is_neither_cancelled_nor_reversed(self):
        run, _ = self.exported()
        self.assertIn("RUN_NOT_IN_THIS_STATE", self.settle("cancel", "--run", run, code=2).stdout)

    def test_a_run_of_one_person_alone_is_not_exported(self):
        run = str(self.json_of("propose", "--value-date", today(2))["run"])
        self.assertIn("RUN_NOT_IN_THIS_STATE", self.export(run, code=2).stdout)

    # And back.

    def test_booked_payouts_are_paid(self):
        before = self.balances()
        run, order = self.exported(people=1)
        accepted = report("R-1" + run, order.message_id, [(each.id, "ACSP", "")
                                                          for each in order.transfers])
        self.import_status(accepted)
        self.assertEqual({each["bank_word"] for each in self.payouts(run).values()},
                         {"BANK_ACCEPTED"})
        booked = notification("N-1" + run, FUNDS, [(each.id, each.cents)
                                                   for each in order.transfers])
        self.import_status(booked)
        self.assertEqual({each["state"] for each in self.payouts(run).values()}, {"PAYOUT_PAID"})
        self.assertEqual(self.state(self.provider, self.claims[0]), pb.PAID)
        self.assertEqual(self.state(self.centre, self.refunds[0]), pb.PAID)
        moved = self.moved(before)
        self.assertEqual(moved[pb.BANK], 2 * SHARE)
        self.assertNotIn(pb.BANK_CLEARING, moved)
        [paid] = [each.id for each in order.transfers if each.account == PHARMACYS]
        shown = self.shown(self.number)
        self.assertEqual([each["payment_reference"] for each in shown["claims"]], [paid])

    def test_the_same_file_again_has_no_effect(self):
        run, order = self.exported()
        booked = notification("N-2" + run, FUNDS, [(order.transfers[0].id, SHARE)])
        self.import_status(booked)
        before = self.balances()
        self.assertIn("before", self.import_status(booked, "again.xml").stdout)
        self.assertEqual(self.balances(), before)
        altered = self.import_status(booked.replace("20:00:00", "20:00:01"), code=2)
        self.assertIn("STATUS_FILE_DIFFERS", altered.stdout + altered.stderr)

    def test_of_a_file_with_something_wrong_nothing_is_done_and_all_of_it_is_named(self):
        run, order = self.exported(people=1)
        first, second = order.transfers
        before = self.balances()
        unknown = f"{plain.FUND}-{run}-99"
        done = self.import_status(notification(
            "N-3" + run, FUNDS, [(first.id, first.cents), (second.id, second.cents + 1),
                                 (unknown, 5)]), code=2)
        self.assertIn(second.id, done.stdout + done.stderr)
        self.assertIn(unknown, done.stdout + done.stderr)
        self.assertEqual(self.balances(), before)
        self.assertEqual(self.payouts(run)[first.id]["state"], "PAYOUT_EXPORTED")
        self.import_status(notification(
            "N-4" + run, FUNDS, [(each.id, each.cents) for each in order.transfers]))
        contradicts = self.import_status(
            report("R-4" + run, order.message_id, group=("RJCT", "AM04")), code=2)
        self.assertIn(first.id, contradicts.stdout + contradicts.stderr)
        self.assertEqual(self.payouts(run)[first.id]["state"], "PAYOUT_PAID")

    def test_a_rejected_file_makes_everything_owed_again(self):
        run, order = self.exported(people=1)
        self.import_status(report("R-5" + run, order.message_id, group=("RJCT", "AM04")))
        self.assertEqual({each["state"] for each in self.payouts(run).values()},
                         {"PAYOUT_RETURNED"})
        self.assertEqual(self.state(self.provider, self.claims[0]), pb.RETURNED)
        again = self.propose_and_approve()
        self.assertEqual(len(self.payouts(again)), 2)
        self.export(again)

    def test_what_came_back_waits_for_another_account_and_is_paid_there(self):
        run, order = self.exported()
        [transfer] = order.transfers
        self.import_status(notification("N-6" + run, FUNDS, [(transfer.id, SHARE)]))
        before = self.balances()
        self.import_status(notification("N-7" + run, FUNDS,
                                        returned=[(transfer.id, SHARE, "AC04")]))
        self.assertEqual(self.moved(before), {pb.BANK: -SHARE, pb.RETURNED_BY_BANK: SHARE})
        left = self.json_of("propose", "--value-date", today(2))["left_out"]
        self.assertIn("CAME_BACK", [each["why"] for each in left])
        self.set_account(PHARMACY, OTHER)
        again = self.propose_and_approve()
        self.export(again)
        [paid] = read_order(self.folder / f"{plain.FUND}-{again}-F1.xml").transfers
        self.assertEqual((paid.account, paid.cents), (OTHER, SHARE))
        self.import_status(notification("N-8" + again, FUNDS, [(paid.id, SHARE)]))
        self.assertEqual(self.state(self.provider, self.claims[0]), pb.PAID)
        self.assertEqual(self.moved(before), {})

    def test_a_file_that_kill_9_cut_short_goes_on(self):
        run, order = self.exported(people=3)
        entries = [pb.StatusEntry(run=int(run), number=index + 1, word=pb.BANK_BOOKED,
                                  amount_cents=each.cents)
                   for index, each in enumerate(order.transfers)]
        booked = notification("N-9" + run, FUNDS, [(each.id, each.cents)
                                                   for each in order.transfers])
        path = self.folder / "cut.xml"
        path.write_text(booked)
        with self.network.connect("operator:fund", FIRST) as connection:
            opened = body(connection.ask(pb.OpenStatusFile(
                request_id=request_id(), message_id="N-9" + run, sha256=hashlib.sha256(path.read_bytes()).digest(),
                entries=len(entries))))
            self.assertEqual(opened.state, pb.STATUS_FILE_RECEIVING)
            part = pb.ReceiveStatuses(request_id=request_id(), file=opened.file, part=1,
                                      entries=entries)
            judged = body(connection.ask(part))
            self.assertEqual(judged.state, pb.STATUS_FILE_APPLYING)
        self.restart()
        with self.network.connect("operator:fund", FIRST) as connection:
            again = connection.ask(part)
            self.assertTrue(again.repeat)
        self.settle("import-status", str(path), of=SECOND)
        self.assertEqual({each["state"] for each in self.payouts(run).values()}, {"PAYOUT_PAID"})

    def test_a_file_that_nobody_finished_stands_in_no_other_files_way(self):
        run, order = self.exported(people=1)
        first, second = order.transfers
        with self.network.connect("operator:fund", FIRST) as connection:
            opened = body(connection.ask(pb.OpenStatusFile(
                request_id=request_id(), message_id="LOST" + run, sha256=bytes(32), entries=1)))
            judged = body(connection.ask(pb.ReceiveStatuses(
                request_id=request_id(), file=opened.file, part=1,
                entries=[pb.StatusEntry(run=int(run), number=1, word=pb.BANK_BOOKED,
                                        amount_cents=first.cents)])))
            self.assertEqual(judged.state, pb.STATUS_FILE_APPLYING)
        done = self.import_status(notification("N-A" + run, FUNDS, [(second.id, second.cents)]))
        self.assertIn("was cut short: it is carried out first", done.stderr)
        self.assertEqual({each["state"] for each in self.payouts(run).values()}, {"PAYOUT_PAID"})

    # What is wrong.

    def test_hostile_files_change_nothing(self):
        before = self.json_of("status-files")
        bomb = ('<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
                '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">&b;</Document>')
        for text in ("", "no XML", bomb, "<a>" * 1000, report("R", "X")[:200]):
            self.assertIn("status.xml", self.import_status(text, code=1).stderr)
        self.assertEqual(self.json_of("status-files"), before)

    def test_a_centres_people_have_no_bank_files(self):
        with self.network.connect("operator:centre", f"{CENTRE}:042") as connection:
            for request in (pb.ListTransfers(run=1), pb.ListStatusFiles(),
                            pb.ExportRun(request_id=request_id(), run=1, payouts_per_file=500)):
                self.assertTrue(is_refused(connection.ask(request), pb.Refused.NOT_PERMITTED))


if __name__ == "__main__":
    unittest.main(verbosity=2)
