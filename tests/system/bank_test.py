"""From an approved run to the bank and back, through `wasl settle` and over TLS: bank files that are the
same for ever, what the bank says of them, and what comes back. Against `wasl serve`.

Usage: WASL_BINARY=... bank_test.py
"""

import hashlib
import json
import unittest

import plain_network as plain
from bank_case import FIRST, FUND, FUNDS, OTHER, PERSONS, PHARMACY, PHARMACYS, SECOND, BankCase
from bank_file import notification, read_order, report
from client import body, is_refused, pb, request_id
from counter_case import SHARE
from plain_network import CENTRE
from plain_requests import status
from switch import today


class Bank(BankCase):
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

    def test_an_export_whose_files_could_not_be_written_is_asked_again(self):
        run = self.approved_run()
        obstacle = self.folder / f"{plain.FUND}-{run}-F1.xml.partial" / "x"
        obstacle.mkdir(parents=True)
        error = self.export(run, code=1).stderr
        self.assertIn("the run is exported, its files are not all there; next: the same command",
                      error)
        obstacle.rmdir()
        obstacle.parent.rmdir()
        self.assertIn("written", self.export(run).stdout)

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
        self.assertIn("ask the bank which of the two holds", altered.stdout)

    def test_a_file_that_cannot_be_sent_does_not_keep_the_others_back(self):
        run, order = self.exported(people=1)
        many = notification("N-D" + run, FUNDS, [(f"{plain.FUND}-{run}-{number}", 100)
                                                 for number in range(1, 10_002)])
        paths = []
        for name, text in (("many.xml", many),
                           ("good.xml", notification("N-E" + run, FUNDS,
                                                     [(each.id, each.cents)
                                                      for each in order.transfers]))):
            paths.append(str(self.folder / name))
            (self.folder / name).write_text(text)
        done = self.settle("import-status", *paths, "--json", code=2)
        failed, taken = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertIn("10001 payouts", failed["remarks"][0]["what"])
        self.assertEqual(taken["state"], "STATUS_FILE_APPLIED")

    def test_files_that_the_switch_declines_are_named_and_the_others_are_done(self):
        run, order = self.exported(people=1)
        first, second = order.transfers
        booked = notification("N-B" + run, FUNDS, [(first.id, first.cents)])
        self.import_status(booked)
        paths = []
        for name, text in (("altered.xml", booked.replace("20:00:00", "20:00:01")),
                           ("next.xml", notification("N-C" + run, FUNDS,
                                                     [(second.id, second.cents)]))):
            paths.append(str(self.folder / name))
            (self.folder / name).write_text(text)
        done = self.settle("import-status", *paths, "--json", code=2)
        declined, taken = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual((declined["path"], declined["message_id"], declined["declined"]),
                         (paths[0], "N-B" + run, "STATUS_FILE_DIFFERS"))
        self.assertIn(paths[0], done.stderr)
        self.assertEqual((taken["path"], taken["state"], taken["declined"]),
                         (paths[1], "STATUS_FILE_APPLIED", ""))
        self.assertEqual({each["state"] for each in self.payouts(run).values()}, {"PAYOUT_PAID"})

    def test_a_file_that_stands_in_the_way_is_named_with_the_way_out(self):
        run, order = self.exported()
        [transfer] = order.transfers
        with self.network.connect("operator:fund", FIRST) as connection:
            opened = body(connection.ask(pb.OpenStatusFile(
                request_id=request_id(), message_id="OPEN" + run, sha256=bytes(32), entries=2)))
        booked = notification("N-D" + run, FUNDS, [(transfer.id, SHARE)])
        text = self.import_status(booked, code=2).stdout
        self.assertIn(f"status file {opened.file}, OPEN{run}, of ", text)
        self.assertIn(f"wasl settle drop-status --file {opened.file}", text)
        self.settle("drop-status", "--file", str(opened.file))
        self.import_status(booked)

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
            for request in (pb.GetBankFile(run=1, file=1), pb.ListStatusFiles(),
                            pb.ExportRun(request_id=request_id(), run=1, payouts_per_file=500)):
                self.assertTrue(is_refused(connection.ask(request), pb.Refused.NOT_PERMITTED))


if __name__ == "__main__":
    unittest.main(verbosity=2)
