"""RocksDB and kept imports damaged, missing or old, and several parts at once: each is either
refused, naming the file and the way out, or nothing that was answered is lost. Never does a switch
open with fewer records. The table is docs/data_format.md's.

Usage: damaged_store_test.py, with WASL_BINARY in the environment.
"""

import json
import unittest

from google.protobuf import json_format

from client import Closed, pb
from damage import WAY_OUT, Damage
from stored_switch import StoredSwitch, flip

REBUILD = "move the store's directory away and make it anew with `wasl restore --rebuild`"


def setUpModule():
    Damage.stored = StoredSwitch()


def tearDownModule():
    Damage.stored.remove()


class Rocks(Damage):
    """Never the truth: refused, naming how it is made anew."""

    def setUp(self):
        super().setUp()
        self.rocks = self.case.path("data/rocks")
        self.manifest, = self.rocks.glob("MANIFEST-*")
        self.table = max(self.rocks.glob("*.sst"), key=lambda path: path.stat().st_size)

    def refused(self, *words):
        super().refused("data/rocks", REBUILD, *words)

    def test_a_manifest_that_is_cut_empty_or_missing(self):
        whole = self.manifest.read_bytes()
        for size in (len(whole) // 2, 0):
            with self.subTest(size=size):
                self.manifest.write_bytes(whole[:size])
                self.refused("MANIFEST")
        self.manifest.unlink()
        self.refused("MANIFEST")

    def test_current_that_is_damaged_empty_or_missing(self):
        current = self.rocks / "CURRENT"
        flip(current, 3)
        self.refused("CURRENT")
        current.write_bytes(b"")
        self.refused("CURRENT")
        current.unlink()
        self.refused("no store is there")
        verified = self.case.verify()
        self.assertEqual(verified["exit_code"], 6)
        self.assertEqual(verified["sequence"], self.stored.sequence)
        self.assertEqual([each["where"] for each in verified["differences"]], ["rocksdb"])

    def test_a_table_that_is_cut_or_missing(self):
        self.table.write_bytes(self.table.read_bytes()[:-100])
        self.refused(self.table.name)
        self.table.unlink()
        self.refused(self.table.stem)

    def test_a_bit_in_every_table(self):
        for table in self.rocks.glob("*.sst"):
            flip(table, 20)
        self.refused("checksum")

    def test_a_bit_in_a_row_ends_the_process_when_it_is_read_and_verify_names_it(self):
        size = self.table.stat().st_size
        for at in range(1000, size * 3 // 4, 4000):
            flip(self.table, at)
        try:
            self.case.start()
        except AssertionError as refused:
            self.assertRegex(str(refused), "checksum")
        else:
            with self.assertRaises((Closed, ConnectionError)), self.case.connect_stored() as peer:
                for claim, body in self.stored.answered:
                    self.assertEqual(peer.ask(claim).body, body)
            self.assertEqual(self.case.process.wait(10), 74)
        self.case.process = None
        verified = self.case.verify()
        self.assertEqual(verified["exit_code"], 6)
        self.assertIn("rocksdb", {each["where"] for each in verified["differences"]})

    def test_of_yesterday_is_brought_up(self):
        self.case.put(self.stored.yesterday, "data/rocks")
        self.whole()

    def test_of_noon_is_brought_up(self):
        self.case.put(self.stored.noon, "data/rocks")
        self.whole()

    def test_of_another_switch(self):
        self.case.put(self.stored.other, "data/rocks")
        Damage.refused(self, "data/rocks", "another data directory", "put back")

    def test_the_directory_of_the_data_missing(self):
        self.case.take_away("data")
        Damage.refused(self, "data: the directory is not there", "mount its disk", "wasl init")


class RolledBack(Damage):
    """Several parts of yesterday together: one part of today is enough to see it."""

    def put(self, *names):
        for name in names:
            self.case.put(self.stored.yesterday, name)

    def test_journal_and_head(self):
        self.put("journal", "head")
        self.refused("journal/", "the store holds record", WAY_OUT)
        verified = self.case.verify()
        self.assertEqual(verified["exit_code"], 6)
        self.assertIn("an older journal was put back", json.dumps(verified["differences"]))
        target = self.case.directory / "backup"
        done = self.case.wasl("backup", "--config", str(self.case.configuration), "--to",
                              str(target), code=1)
        self.assertRegex(done.stderr, "the store holds record")
        self.assertFalse(target.exists())

    def test_all_but_the_head(self):
        self.put("journal", "data")
        self.refused("journal/", "the head holds record", WAY_OUT)

    def test_all_but_the_journal_loses_nothing(self):
        self.put("head", "data/rocks")
        self.whole()

    def test_everything_is_seen_only_by_who_holds_a_receipt(self):
        """As docs/data_format.md says: verify alone cannot know that today is gone."""
        self.put("journal", "head", "data")
        self.case.start()
        with self.case.connect_stored() as connection:
            claim, _ = self.stored.answered[-1]
            status = connection.ask(pb.GetClaim(original_request_id=claim.request_id))
            self.assertEqual(status.finding, pb.StatusAnswer.NOT_SEEN)
        self.case.stop()
        self.assertTrue(self.case.verify()["ok"])
        receipt = self.case.directory / "receipt.json"
        receipt.write_text(json.dumps({"envelope": json_format.MessageToDict(
            pb.Envelope(answer=self.stored.receipt))}), encoding="utf-8")
        done = self.case.wasl("verify", "--config", str(self.case.configuration), "--receipt",
                              str(receipt), code=6)
        self.assertRegex(done.stdout + done.stderr, "DIFFERS")


class Imports(Damage):
    def kept_files(self):
        return sorted(self.case.path("data/imports").iterdir())

    def test_a_kept_file_missing_is_named_when_it_is_needed(self):
        self.case.put(self.stored.yesterday, "data/rocks")
        for file in self.kept_files():
            file.unlink()
        self.refused("data/imports/[0-9a-f]{64}", "put it back from a backup",
                     journal_whole=True)
        self.case.put(self.stored.directory, "data/imports")
        self.whole()

    def test_a_kept_file_changed_is_named_when_it_is_needed(self):
        self.case.put(self.stored.yesterday, "data/rocks")
        for file in self.kept_files():
            flip(file, 5)
        self.refused("data/imports/[0-9a-f]{64}", "put it back from a backup",
                     journal_whole=True)

    def test_a_kept_file_missing_otherwise_is_named_by_verify(self):
        gone = self.kept_files()[0]
        gone.unlink()
        self.case.start()
        self.case.stop()
        verified = self.case.verify()
        self.assertEqual(verified["exit_code"], 6)
        self.assertIn(gone.name, json.dumps(verified["differences"]))

    def test_lost_with_the_store_leave_the_journal_and_the_head_to_be_judged(self):
        self.case.take_away("data")
        self.case.path("data").mkdir()
        verified = self.case.verify()
        self.assertEqual(verified["sequence"], self.stored.sequence, "all of the chain was read")
        self.assertEqual({each["where"] for each in verified["differences"]}, {"rocksdb", "record"})
        flip(self.case.segments()[2], 600)
        verified = self.case.verify()
        self.assertEqual(verified["exit_code"], 6)
        self.assertEqual({each["where"] for each in verified["differences"]},
                         {"rocksdb", "record", "chain", "head"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
