"""Original, repeat, reversal, status and late original in every order: on one connection, on
several at once, with kill -9 or SIGTERM between any two steps, and with kill -9 in the middle.

Usage: WASL_BINARY=... promises_order_test.py. WASL_SEED chooses another order of what is random.
"""

import itertools
import os
import random
import threading
import unittest

from claim_model import Model, reachable, seen
from client import Closed, is_refused, pb, request_id
from plain_network import CENTRE, PROVIDERS, card_number
from switch import Network

P = PROVIDERS[0]
STEPS = "OORRQSC"
ORDERS = sorted({*itertools.permutations("OORRSC"), *itertools.permutations("OORQSC")})
# Each run of all orders has households of its own; so has each concurrent test.
CONCURRENT = 300
IN_FLIGHT = 30
HOUSEHOLDS = 5 * len(ORDERS) + 4 * CONCURRENT
SEED = int(os.environ.get("WASL_SEED", "1"))


class Case:
    """One claim id: its requests, the model of it, and the bodies that were answered."""

    def __init__(self, network, household, product="T01"):
        self.household = household
        self.original = network.claim(P, household, products=[product])
        id = self.original.request_id
        self.requests = {"O": self.original, "S": pb.GetClaim(original_request_id=id),
                         "C": pb.GetClaim(original_request_id=id, close_if_absent=True)}
        for step in "RQ":
            self.requests[step] = pb.ReverseClaim(
                request_id=request_id(), original_request_id=id, cause=pb.NO_ANSWER)
        approved = product == "T01"
        outcome = pb.ClaimAnswer.APPROVED if approved else pb.ClaimAnswer.DECLINED
        self.model = Model(outcome)
        self.models = {self.model}
        self.bodies = {}

    def keep_body(self, test, step, answer):
        """Whatever was answered once is answered again byte for byte."""
        place = step if step in "RQ" else "O"
        if answer.body:
            test.assertEqual(self.bodies.setdefault(place, answer.body), answer.body)

    def check(self, test, step, answer):
        promised, self.model = self.model.take(step)
        test.assertEqual(seen(answer), promised, f"{step}, seed {SEED}")
        self.keep_body(test, step, answer)


class Orders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.network = Network(HOUSEHOLDS, {"connections.look_ups_per_minute": 1000000,
                                           "deadlines.shutdown_ms": 100})
        cls.households = itertools.count()

    @classmethod
    def tearDownClass(cls):
        try:
            audits = [cls.network.verify(), cls.network.replay()]
        finally:
            cls.network.remove()
        assert all(audit["ok"] for audit in audits), audits

    def setUp(self):
        self.network.start()

    def tearDown(self):
        self.network.stop()

    def connect(self):
        connection = self.network.connect("provider", P)
        self.addCleanup(connection.close)
        return connection

    def cases(self, count=None, **options):
        households = itertools.islice(self.households, count or len(ORDERS))
        return [Case(self.network, household, **options) for household in households]

    def walk(self, cases, between):
        """Step k of all orders, then what comes between, then step k + 1 of all."""
        for k in range(len(ORDERS[0])):
            connection = between(k)
            answers = connection.ask_all([case.requests[order[k]]
                                           for case, order in zip(cases, ORDERS)])
            for case, order, answer in zip(cases, ORDERS, answers):
                case.check(self, order[k], answer)
        self.check_history(cases)

    def check_history(self, cases):
        """A prescription counts exactly where the claim stands now."""
        rights = [pb.GetRights(request_id=request_id(), terminal_id="T1", purpose=pb.AT_COUNTER,
                               card=pb.CardReference(number=card_number(case.household),
                                                     fund="CNAS")) for case in cases]
        with self.network.connect("centre", CENTRE) as centre:
            answers = centre.ask_all(rights)
        for case, answer in zip(cases, answers):
            left = pb.AnswerBody.FromString(answer.body).rights.beneficiaries[0].prescriptions_left
            self.assertEqual(left, 1 if case.model.state == pb.APPROVED else 2)

    def test_every_order_on_one_connection(self):
        connection = self.connect()
        self.walk(self.cases(), lambda k: connection)

    def test_every_order_of_a_claim_that_is_declined(self):
        connection = self.connect()
        self.walk(self.cases(product="NONE"), lambda k: connection)

    def test_every_order_with_each_step_on_another_connection(self):
        connections = [self.connect() for _ in STEPS]
        self.walk(self.cases(), lambda k: connections[k])

    def restart_between(self, end):
        def between(k):
            if k > 0:
                end()
                self.network.start()
            return self.connect()
        self.walk(self.cases(), between)

    def test_every_order_with_kill_9_between_any_two_steps(self):
        self.restart_between(self.network.kill)

    def test_every_order_with_sigterm_between_any_two_steps(self):
        self.restart_between(self.network.stop)

    # All steps of a claim at the same time, each on a connection of its own.

    def send_at_once(self, cases, end=None):
        """Answers by case and position in STEPS. `end` comes after half of them: None where it was
        faster."""
        chance = random.Random(SEED)
        answers = [[None] * len(STEPS) for _ in cases]
        counted = itertools.count(1)
        half = len(cases) * len(STEPS) // 2
        ended = threading.Event()

        def run(position, connection, order):
            sent = {}
            waiting = list(order)
            while (waiting or sent) and not ended.is_set():
                if waiting and len(sent) < IN_FLIGHT:
                    i = waiting.pop()
                    sent[connection.send(cases[i].requests[STEPS[position]])] = i
                    continue
                answered, answer = connection.receive()
                answers[sent.pop(answered)][position] = answer
                if next(counted) == half and end is not None:
                    end()
                    ended.set()

        def run_until_closed(*arguments):
            try:
                run(*arguments)
            except Closed:
                self.assertIsNotNone(end)

        threads = []
        for position in range(len(STEPS)):
            order = chance.sample(range(len(cases)), len(cases))
            threads.append(threading.Thread(target=run_until_closed, args=(
                position, self.connect(), order)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def explain(self, case, answers, lost=""):
        """Some order of the requests must explain what was seen."""
        case.models = reachable(case.models, [(step, seen(answer)) for step, answer in answers],
                                lost)
        self.assertTrue(case.models, f"seed {SEED}: {[(s, seen(a)) for s, a in answers]} {lost}")
        for step, answer in answers:
            case.keep_body(self, step, answer)

    def test_all_steps_at_once_are_answered_as_in_some_order(self):
        cases = self.cases(CONCURRENT)
        for case, answers in zip(cases, self.send_at_once(cases)):
            self.explain(case, list(zip(STEPS, answers)))

    def end_under_all_steps(self, end):
        cases = self.cases(CONCURRENT)
        answers = self.send_at_once(cases, end)
        lost = ["".join(step for step, answer in zip(STEPS, each) if answer is None)
                for each in answers]
        self.assertTrue(any(lost))
        for case, each, missing in zip(cases, answers, lost):
            known = [(step, answer) for step, answer in zip(STEPS, each) if answer is not None]
            self.explain(case, known, missing)
        self.network.start()
        connection = self.connect()
        for step in "SORQCS":
            again = connection.ask_all([case.requests[step] for case in cases])
            for case, answer in zip(cases, again):
                self.explain(case, [(step, answer)])

    def test_kill_9_under_all_steps_at_once_leaves_what_was_answered(self):
        self.end_under_all_steps(self.network.kill)

    def test_sigterm_under_all_steps_at_once_leaves_what_was_answered(self):
        self.end_under_all_steps(self.network.stop)

    def test_of_two_contents_under_one_id_at_once_one_counts(self):
        cases = self.cases(CONCURRENT)
        others = []
        for case in cases:
            other = self.network.claim(P, case.household, products=["T02"])
            other.request_id = case.original.request_id
            others.append(self.network.sign(other, case.household))
        answers = [None, None]

        def run(i, requests):
            answers[i] = self.connect().ask_all(requests)

        threads = [threading.Thread(target=run, args=arguments) for arguments in enumerate(
            ([case.original for case in cases], others))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for pair in zip(*answers):
            reused = [is_refused(answer, pb.Refused.REQUEST_ID_REUSED) for answer in pair]
            self.assertEqual(sorted(reused), [False, True])
            self.assertEqual(pair[reused.index(False)].state_now, pb.APPROVED)


if __name__ == "__main__":
    unittest.main()
