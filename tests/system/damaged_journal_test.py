"""Journal, head and mirror damaged, missing, of another switch, or of yesterday: each is either
refused, naming the file and the way out, or nothing that was answered is lost. Never does a switch
open with fewer records. The table is docs/data_format.md's.

Usage: damaged_journal_test.py, with WASL_BINARY in the environment.
"""

import hashlib
import json
import shutil
import unittest

from damage import WAY_OUT, Damage, flipped, swap
from stored_switch import SEGMENT_BYTES, StoredSwitch, end_of_records, flip, rewrite

HEADER_BYTES = 512


def used_segments(case, copy="journal"):
    """Those with records: one more may stand ready, and not in every copy yet."""
    return [each for each in case.segments(copy) if end_of_records(each) > HEADER_BYTES]


def setUpModule():
    Damage.stored = StoredSwitch()


def tearDownModule():
    Damage.stored.remove()


class Journal(Damage):
    def setUp(self):
        super().setUp()
        self.first, *_, self.middle, self.last = used_segments(self.case)

    def segment_refused(self, segment, *words):
        self.refused(rf"journal/{segment.name}", *words)

    def test_undamaged_it_is_brought_up_and_nothing_is_lost(self):
        self.whole()

    def test_a_bit_in_the_middle(self):
        flip(self.last, end_of_records(self.last) // 2)
        self.segment_refused(self.last, r"at byte \d+", WAY_OUT)

    def test_a_bit_in_the_last_record(self):
        flip(self.last, end_of_records(self.last) - 5)
        self.segment_refused(self.last, r"at byte \d+", WAY_OUT)

    def test_a_bit_in_each_byte_of_a_record_header(self):
        at = self.last.read_bytes().index(b"WREC", HEADER_BYTES)
        for offset in range(0, 96, 7):
            with self.subTest(offset=offset), flipped(self.last, at + offset):
                self.segment_refused(self.last, WAY_OUT)

    def test_a_bit_in_a_segment_header(self):
        for offset in (0, 20, 35, 44, 50, 52, 300, 511):
            with self.subTest(offset=offset), flipped(self.last, offset):
                self.segment_refused(self.last, WAY_OUT)

    def test_a_bit_older_than_the_stores_checkpoint_is_found_by_verify(self):
        flip(self.first, 512 + 200)
        self.case.start()
        self.case.stop()
        verified = self.case.verify()
        self.assertEqual(verified["exit_code"], 6)
        self.assertIn(self.first.name, json.dumps(verified["differences"]))

    def test_a_cut_segment_is_the_chains_damage_and_verify_keeps_what_it_counted(self):
        self.middle.write_bytes(self.middle.read_bytes()[:-100])
        verified = self.case.verify()
        self.assertEqual(verified["exit_code"], 6)
        self.assertGreater(verified["records"], 0)
        first = verified["differences"][0]
        self.assertEqual(first["where"], "chain")
        self.assertIn(self.middle.name, first["what"])

    def test_the_last_groups_zeroed(self):
        end = end_of_records(self.last)
        with open(self.last, "r+b") as file:
            file.seek(end - 300)
            file.write(bytes(300))
        self.refused(r"journal/", WAY_OUT)

    def test_truncated(self):
        for size in (0, 100, 512, SEGMENT_BYTES // 2, SEGMENT_BYTES - 1):
            with self.subTest(size=size):
                kept = self.last.read_bytes()
                self.last.write_bytes(kept[:size])
                self.segment_refused(self.last, WAY_OUT)
                self.last.write_bytes(kept)

    def test_longer_than_it_says(self):
        self.last.write_bytes(self.last.read_bytes() + bytes(512))
        self.segment_refused(self.last, WAY_OUT)

    def test_the_last_segment_missing(self):
        self.last.unlink()
        self.refused("journal/", "missing|ends at record", WAY_OUT)

    def test_a_middle_segment_missing(self):
        self.middle.unlink()
        self.segment_refused(self.middle, "missing", WAY_OUT)

    def test_the_first_segment_missing(self):
        self.first.unlink()
        self.segment_refused(self.first, "missing", WAY_OUT)

    def test_all_segments_missing(self):
        for segment in self.case.segments():
            segment.unlink()
        self.refused("journal", "missing", WAY_OUT)

    def test_two_segments_swapped(self):
        swap(self.middle, self.last)
        self.refused("journal/", WAY_OUT)

    def test_yesterdays_journal(self):
        self.case.put(self.stored.yesterday, "journal")
        self.refused("journal/", "missing|ends at record|does not hold", WAY_OUT)

    def test_a_segment_of_yesterday(self):
        last_of_yesterday = sorted((self.stored.yesterday / "journal").glob("*.seg"))[-1]
        shutil.copy(last_of_yesterday, self.case.path("journal"))
        self.refused("journal/", WAY_OUT)

    def test_the_journal_of_another_switch(self):
        self.case.put(self.stored.other, "journal")
        self.refused("journal/", "missing", WAY_OUT)

    def test_a_segment_of_another_switch(self):
        rewrite(self.last, at=16, value=bytes(range(16)), crc_at=48)
        self.segment_refused(self.last, "another data|data id", WAY_OUT)

    def test_a_segment_of_a_newer_version(self):
        rewrite(self.last, at=8, value=b"\0\2", crc_at=48)
        self.segment_refused(self.last, "newer version")

    def test_the_directory_missing(self):
        self.case.take_away("journal")
        self.refused("journal: the directory is not there", "mount its disk", "wasl init")


class Head(Damage):
    def setUp(self):
        super().setUp()
        self.head = self.case.path("head/head")
        slots = [self.head.read_bytes()[at:at + 92] for at in (0, 4096)]
        self.newer = 0 if slots[0][32:40] > slots[1][32:40] else 4096

    def test_the_newer_slot_damaged(self):
        flip(self.head, self.newer + 50)
        self.whole()

    def test_the_older_slot_damaged(self):
        flip(self.head, 4096 - self.newer + 50)
        self.whole()

    def test_both_slots_damaged(self):
        flip(self.head, 50)
        flip(self.head, 4096 + 50)
        self.refused("head/head", "no slot", WAY_OUT)

    def test_missing(self):
        self.head.unlink()
        self.refused("head/head", "put back the head")

    def test_empty(self):
        self.head.write_bytes(b"")
        self.refused("head/head", "no slot", WAY_OUT)

    def test_of_yesterday(self):
        self.case.put(self.stored.yesterday, "head")
        self.whole()

    def test_of_another_switch(self):
        shutil.copy(self.stored.other / "journal/head", self.head)
        self.refused("belong", "data director")

    def test_of_a_newer_version(self):
        rewrite(self.head, at=8, value=b"\0\2", crc_at=88, start=self.newer)
        self.refused("head/head", "newer version")


class Mirror(Damage):
    def setUp(self):
        super().setUp()
        self.case.mirror()
        self.in_journal, self.in_mirror = (
            [each for each in self.case.segments(copy) if end_of_records(each) > HEADER_BYTES][-1]
            for copy in ("journal", "mirror"))

    def test_a_bit_in_the_mirror_and_the_journals_copy_is_the_way_out(self):
        flip(self.in_mirror, end_of_records(self.in_mirror) // 2)
        self.refused(rf"mirror/{self.in_mirror.name}", WAY_OUT)
        shutil.copy(self.in_journal, self.in_mirror)
        self.whole()

    def test_a_bit_in_the_journal_and_the_mirrors_copy_is_the_way_out(self):
        flip(self.in_journal, end_of_records(self.in_journal) // 2)
        self.refused(rf"journal/{self.in_journal.name}", WAY_OUT)
        shutil.copy(self.in_mirror, self.in_journal)
        self.whole()

    def test_empty(self):
        for segment in self.case.segments("mirror"):
            segment.unlink()
        self.refused("mirror", "mount its disk")

    def test_missing(self):
        self.case.take_away("mirror")
        self.refused("mirror: the directory is not there", "mount its disk")

    def test_of_noon_is_completed(self):
        self.case.take_away("mirror")
        shutil.copytree(self.stored.noon / "journal", self.case.path("mirror"))
        self.whole()
        self.same_copies()

    def test_the_journal_of_noon_is_completed_from_it(self):
        self.case.put(self.stored.noon, "journal")
        self.whole()
        self.same_copies()

    def test_ending_before_recovery_begins(self):
        """Such a copy is put right by hand, from the whole one."""
        self.case.take_away("mirror")
        shutil.copytree(self.stored.yesterday / "journal", self.case.path("mirror"))
        self.refused("mirror/", WAY_OUT)
        self.case.take_away("mirror")
        shutil.copytree(self.case.path("journal"), self.case.path("mirror"))
        self.whole()

    def same_copies(self):
        copies = [[(segment.name, hashlib.sha256(segment.read_bytes()).hexdigest())
                   for segment in used_segments(self.case, copy)]
                  for copy in ("journal", "mirror")]
        self.assertEqual(*copies)

    def test_of_another_switch(self):
        self.case.take_away("mirror")
        shutil.copytree(self.stored.other / "journal", self.case.path("mirror"))
        self.refused("mirror/", "missing", WAY_OUT)


if __name__ == "__main__":
    unittest.main(verbosity=2)
