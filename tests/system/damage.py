"""What tests of damaged files share: a copy of a stored switch, and what becomes of it.

    class Test(Damage): .stored is set on the class by the test's module; .case is the copy
        .refused(*words)    it does not start, and each of the words stands in the reason
        .whole()            it starts, and nothing that was answered is missing
"""

import contextlib
import unittest

from stored_switch import flip

WAY_OUT = "put back a whole copy"


@contextlib.contextmanager
def flipped(path, at):
    flip(path, at)
    yield
    flip(path, at)


def swap(one, other):
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


class Damage(unittest.TestCase):
    def setUp(self):
        self.case = self.stored.copy()
        self.addCleanup(self.case.remove)

    def refused(self, *words, journal_whole=False):
        text = self.case.refused(journal_whole)
        for word in words:
            self.assertRegex(text, word)

    def whole(self):
        self.assertEqual(self.case.whole()["differences_total"], 0)
