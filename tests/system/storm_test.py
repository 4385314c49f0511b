"""All kinds of requests from all roles at once about the same few households, with kill -9 in the
middle: whatever was answered is answered again byte for byte, stands in the journal, and agrees
with a replay.

Usage: WASL_BINARY=... storm_test.py. WASL_SEED chooses other requests.
"""

import copy
import itertools
import os
import random
import threading
import unittest

import plain_network as plain
from client import Closed, is_refused, pb
from network_case import SENDERS, NetworkCase, P, product, rulebook
from plain_network import insured
from plain_requests import account, batch, listing, registration, report, reversal, status

SEED = int(os.environ.get("WASL_SEED", "1"))
CONNECTIONS = {"provider": 4, "centre": 2, "fund": 2, "authority": 1}
BURST, ROUNDS = 25, 24  # Each connection sends a burst, then reads its answers.


class Sender(threading.Thread):
    """One connection: makes requests, and keeps each with its answer, or None."""

    def __init__(self, case, role, number):
        super().__init__()
        self.case = copy.copy(case)  # With a household of its own at a time.
        self.role = role
        self.connection = case.network.connect(role, SENDERS[role])
        self.chance = random.Random(f"{SEED} {role} {number}")
        self.versions = itertools.count(2)
        self.claims = []
        self.kept = []

    def request(self):
        self.case.household = self.chance.randrange(self.case.households_max)
        return self.chance.choice(getattr(self, self.role))(self)

    def claim(self):
        products = self.chance.sample([*plain.PRODUCTS, plain.AGREEMENT_PRODUCT, "NONE"], 2)
        made = self.case.claim(products=products) if self.role == "provider" else \
            self.case.refund(products=products)
        self.claims.append(made)
        return made

    def about_a_claim(self):
        if not self.claims:
            return self.claim()
        claim = self.chance.choice(self.claims)
        make = self.chance.choice((status, reversal, lambda claim: status(claim, close=True),
                                   lambda claim: claim))
        return make(claim)

    def early_reversal(self):
        return reversal(self.claim())

    def rights(self):
        kind = self.chance.choice((pb.GetRights, pb.UpdateCard))
        if self.role == "provider":
            return self.case.look_up(kind, pb.CARD_PRESENTED, P)
        return self.case.look_up(kind, pb.AT_COUNTER)

    def report(self):
        return report(self.case.household,
                      self.chance.choice((pb.LIFT, pb.LIFT, pb.OPPOSE_LOST, pb.BLACKLIST)))

    def wish(self):
        return self.case.wish(product_code=plain.AGREEMENT_PRODUCT)

    def decision(self):
        waiting = self.connection.ask(pb.ListPriorAgreements(page_size=5)).agreements
        if not waiting:
            return self.report()
        chosen = self.chance.choice(waiting)
        made = self.case.decision(chosen.agreement_id, self.chance.random() < 0.7)
        made.insured_number = chosen.insured_number
        return made

    def accounts(self):
        return batch(pb.PutAccount, *[account(household, next(self.versions))
                                      for household in (self.case.household, 0, 0)])

    def card(self):
        card = account(self.case.household, 1).cards[0]
        return batch(pb.PutCard, *[
            pb.CardItem(insured_number=insured(self.case.household), card=card,
                        source_version=next(self.versions)) for _ in range(3)])

    def provider_row(self):
        return batch(pb.PutProvider, *[registration(P, next(self.versions)) for _ in range(2)])

    def products(self):
        code = self.chance.choice(plain.PRODUCTS)
        return batch(pb.PutProduct, *[
            product(code, next(self.versions), rate_basis_points=self.chance.randrange(10001))
            for _ in range(3)])

    def tarifs(self):
        items = [pb.Tarif(catalogue=plain.CATALOGUE, inn=f"I-{self.chance.choice(plain.PRODUCTS)}",
                          amount_cents=self.chance.randrange(1, 60000),
                          source_version=next(self.versions)) for _ in range(3)]
        for item in items:
            item.in_force.CopyFrom(product("X").in_force)
        return batch(pb.PutTarif, *items)

    def rules(self):
        return batch(pb.PutRulebook, rulebook(
            next(self.versions), prescriber_checked=self.chance.choice(("true", "false"))))

    provider = (claim, claim, claim, about_a_claim, about_a_claim, early_reversal, rights, wish,
                lambda self: listing())
    centre = (claim, about_a_claim, early_reversal, rights, report, wish)
    fund = (accounts, card, provider_row, report, decision, decision)
    authority = (products, products, tarifs, rules)

    def run(self):
        for _ in range(ROUNDS):
            try:
                self.burst([self.request() for _ in range(BURST)])
            except Closed:
                return

    def burst(self, requests):
        """At once; what has no answer when the connection breaks is kept with None."""
        kept = [[request, None] for request in requests]
        self.kept.extend(kept)
        sent = {self.connection.send(each[0]): each for each in kept}
        while sent:
            answered, answer = self.connection.receive()
            sent.pop(answered)[1] = answer


class Storm(NetworkCase):
    households_max = 12

    def test_what_was_answered_stands_through_a_kill_under_everything_at_once(self):
        senders = [Sender(self, role, number) for role, count in CONNECTIONS.items()
                   for number in range(count)]
        for sender in senders:
            sender.start()
        while sum(len(sender.kept) for sender in senders) < len(senders) * BURST * ROUNDS // 2:
            senders[0].join(0.01)
        self.network.kill()
        for sender in senders:
            sender.join()
        self.network.start()
        self.connect_all()
        in_doubt = 0
        for sender in senders:
            with self.network.connect(sender.role, SENDERS[sender.role]) as connection:
                again = connection.ask_all([request for request, _ in sender.kept])
            in_doubt += sum(answer is None for _, answer in sender.kept)
            for each, answer in zip(sender.kept, again):
                self.compare(each, answer)
        self.assertGreater(in_doubt, 0)
        self.exchanges.extend(each for sender in senders for each in sender.kept)

    def compare(self, each, after):
        """Asked again: the stored body, or the first decision of what was in doubt."""
        request, before = each
        for answer in (before, after):
            self.assertFalse(is_refused(answer), f"{request} {answer}")
        if before is None:
            each[1] = after
        elif isinstance(before, pb.Answer) and before.HasField("receipt"):
            self.assertEqual((after.body, after.receipt, after.repeat),
                             (before.body, before.receipt, True))
        elif isinstance(before, pb.BatchAnswer):
            for was, now in zip(before.items, after.items):
                self.assertEqual((now.answer.body, now.answer.receipt),
                                 (was.answer.body, was.answer.receipt))


if __name__ == "__main__":
    unittest.main()
