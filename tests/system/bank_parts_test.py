"""Bank files as a client in another language fetches them: part by part over TLS, from the documents alone.
Against `wasl serve`.

Usage: WASL_BINARY=... bank_parts_test.py
"""

import hashlib
import unittest

import plain_network as plain
from bank_case import FIRST, PERSONS, SECOND, BankCase
from bank_file import read_order
from client import body, is_refused, pb, request_id
from counter_case import SHARE
from plain_network import CENTRE, insured

PART_BYTES = 61440
PEOPLE = 260  # Of whom a file has three parts.


def checked(part, first, offset):
    """The part's bytes, if it is the one that was asked for, of the file of the first one."""
    assert part.offset == offset, part.offset
    assert 0 < len(part.data) <= min(PART_BYTES, part.size - offset), len(part.data)
    assert (part.name, part.size, part.sha256) == (first.name, first.size, first.sha256)
    assert (part.payouts, part.total_cents) == (first.payouts, first.total_cents)
    return part.data


class BankParts(BankCase):
    households_max = 400
    big = None  # A run of many people, exported.

    def part(self, connection, run, file=1, offset=0):
        return connection.ask(pb.GetBankFile(run=int(run), file=file, offset=offset))

    def parts(self, run, file=1, between=lambda: None):
        """All parts of a file, each over a connection of its own, by two people in turn."""
        parts, data = [], b""
        while not parts or len(data) < parts[0].size:
            with self.network.connect("operator:fund", (FIRST, SECOND)[len(parts) % 2]) as fund:
                part = self.part(fund, run, file, len(data))
            parts.append(part)
            data += checked(part, parts[0], len(data))
            between()
        self.assertEqual(hashlib.sha256(data).digest(), parts[0].sha256)
        return parts, data

    def run_of_many(self):
        if not self.big:
            people = [next(self.households) for _ in range(PEOPLE)]
            for self.household in people:
                answer = body(self.centre.ask(self.refund()))
                self.assertEqual(answer.outcome, pb.ClaimAnswer.APPROVED)
            for operator in (FIRST, SECOND):
                with self.network.connect("operator:fund", operator) as fund:
                    for household in people:
                        answer = body(fund.ask(pb.SetPayoutAccount(
                            request_id=request_id(), payout_account=PERSONS,
                            payee=pb.Payee(insured_number=insured(household)))))
                        self.assertEqual(answer.reason, pb.REASON_NONE)
            type(self).big = self.propose_and_approve()
            self.export(self.big)
        return self.big

    def test_a_file_of_several_parts_is_the_one_that_wasl_settle_writes(self):
        run = self.run_of_many()
        parts, data = self.parts(run)
        self.assertGreaterEqual(len(parts), 3)
        self.assertEqual([len(part.data) for part in parts[:-1]], [PART_BYTES] * (len(parts) - 1))
        self.assertEqual((parts[0].name, parts[0].files), (f"{plain.FUND}-{run}-F1.xml", 1))
        self.assertEqual((parts[0].payouts, parts[0].total_cents), (PEOPLE, PEOPLE * SHARE))
        self.export(run)
        path = self.folder / parts[0].name
        self.assertEqual(path.read_bytes(), data)
        order = read_order(path)
        self.assertEqual((order.count, order.control_sum), (PEOPLE, PEOPLE * SHARE))

    def test_kill_9_between_any_two_parts_changes_no_byte(self):
        run = self.run_of_many()
        _, before = self.parts(run)
        _, data = self.parts(run, between=self.restart)
        self.assertEqual(data, before)

    def test_each_file_of_a_run_is_fetched_by_its_number(self):
        run = self.approved_run(people=4)
        self.export(run, "--per-file", "2")
        with self.network.connect("operator:fund", FIRST) as fund:
            count = self.part(fund, run).files
        self.assertEqual(count, 3)
        fetched = {}
        for file in range(1, count + 1):
            parts, data = self.parts(run, file)
            fetched[parts[0].name] = data
        self.assertEqual({path.name: path.read_bytes() for path in self.folder.glob("*.xml")},
                         fetched)

    def test_parts_of_several_files_in_any_order_are_the_same(self):
        run, big = self.approved_run(people=1), self.run_of_many()
        self.export(run, "--per-file", "1")
        wanted = [(run, 1, 0), (big, 1, 0), (run, 2, 0), (big, 1, PART_BYTES), (run, 2, 7),
                  (run, 1, 0), (big, 1, 2 * PART_BYTES), (big, 1, 1)]
        whole = {(of, file): self.parts(of, file)[1] for of, file, _ in wanted}
        with self.network.connect("operator:fund", SECOND) as fund:
            for of, file, offset in wanted:
                self.assertEqual(self.part(fund, of, file, offset).data,
                                 whole[of, file][offset:offset + PART_BYTES])

    # What there is not.

    def test_of_a_run_that_is_not_exported_there_is_no_file(self):
        run = self.approved_run()
        nothing = pb.BankFilePart(reason=pb.RUN_NOT_IN_THIS_STATE, offset=5)
        with self.network.connect("operator:fund", FIRST) as fund:
            self.assertEqual(self.part(fund, run, 1, 5), nothing)
            self.assertEqual(self.part(fund, 2**63).reason, pb.RUN_UNKNOWN)
            step = pb.ExportRun(request_id=request_id(), run=int(run), payouts_per_file=500)
            self.assertEqual(body(fund.ask(step)).state, pb.RUN_EXPORTED)
            self.assertEqual(self.part(fund, run).reason, pb.REASON_NONE)

    def test_behind_the_last_file_and_the_last_byte_there_is_nothing(self):
        run = self.approved_run()
        self.export(run)
        with self.network.connect("operator:fund", FIRST) as fund:
            for file in (2, 2**32 - 1):
                self.assertEqual(self.part(fund, run, file), pb.BankFilePart(files=1))
            whole = self.part(fund, run)
            for offset in (whole.size, whole.size + 1, 2**64 - 1):
                end = self.part(fund, run, 1, offset)
                self.assertEqual((end.offset, end.data), (offset, b""))
                self.assertEqual((end.size, end.sha256), (whole.size, whole.sha256))
            for request, field in ((pb.GetBankFile(file=1), "run"),
                                   (pb.GetBankFile(run=int(run)), "file")):
                answer = fund.ask(request)
                self.assertTrue(is_refused(answer, pb.Refused.MALFORMED))
                self.assertEqual(answer.field, field)

    def test_only_people_of_the_fund_are_given_it(self):
        run = self.approved_run()
        self.export(run)
        for role, id in (("operator:centre", f"{CENTRE}:042"), ("fund", plain.FUND)):
            with self.network.connect(role, id) as connection:
                self.assertTrue(is_refused(self.part(connection, run), pb.Refused.NOT_PERMITTED))


if __name__ == "__main__":
    unittest.main(verbosity=2)
