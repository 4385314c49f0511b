"""What tests of bad input share.

    class Test(BadInput): network and bystander are set on the class by the test's module
        .counted(series)       the counter moved by exactly one within the block, in the end
        .is_refused(...)       code exactly, words of the sentence loosely
        .until(reached)        waits until reached(metrics)
        .household()           one that no other claim used
    Bystander(network, id)     another participant on a connection of its own, served all the while
"""

import contextlib
import itertools
import threading
import unittest

from client import body, pb

PATIENCE_SECONDS = 30


def echo(data=b"there?"):
    return pb.Echo(data=data)


class Bystander:
    """Any thread."""

    def __init__(self, network, provider):
        self.network, self.provider = network, provider
        self.households = itertools.count()
        self.lock = threading.Lock()
        self.claims = 0
        self.connection = None
        self.connect()

    def connect(self):
        if self.connection is not None:
            self.close()
        self.connection = self.network.connect("provider", self.provider)

    def served(self):
        claim = self.network.claim(self.provider, next(self.households))
        with self.lock:
            answer = self.connection.ask_until_taken(claim)
        assert body(answer).outcome == pb.ClaimAnswer.APPROVED, answer
        self.claims += 1

    def speak(self):
        with self.lock:
            assert self.connection.ask(echo()) == echo()

    def close(self):
        self.connection.close()


class BadInput(unittest.TestCase):
    def tearDown(self):
        """Nobody else was disturbed, and nothing crashed."""
        self.bystander.served()
        self.assertIsNone(self.network.process.poll())

    def connect(self, provider):
        connection = self.network.connect("provider", provider)
        self.addCleanup(connection.close)
        return connection

    def household(self):
        return next(self.bystander.households)

    def is_approved(self, answer):
        self.assertEqual(body(answer).outcome, pb.ClaimAnswer.APPROVED, answer)
        return answer

    def is_refused(self, answer, code, *words, field=None):
        self.assertIsInstance(answer, pb.Refused, answer)
        self.assertEqual(answer.code, code, answer)
        for word in words:
            self.assertRegex(answer.sentence, word)
        if field is not None:
            self.assertRegex(answer.field, rf"^{field.replace('[', r'.').replace(']', '.')}$")

    @contextlib.contextmanager
    def counted(self, series, by=1):
        """Counters move behind the answer, so they are waited for."""
        before = self.network.metrics()[series]
        yield
        self.bystander.served()
        self.until(lambda metrics: metrics[series] >= before + by)
        self.assertEqual(self.network.metrics()[series], before + by, series)

    def until(self, reached):
        self.network.until(reached)
