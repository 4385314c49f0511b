"""What the stories of rules_test.py are told with: one household's requests, each built, signed and
numbered, one after the other. A story is a generator: it yields a Step and is sent what the oracle
expected and the switch answered."""

import dataclasses
from dataclasses import dataclass

from oracle_cards import CardQuestion
from oracle_model import Claim, ClaimLine, Interval, PrescriptionKey, Verdict, days
from rules_network import CATALOGUE_OF, CENTRE, PLAIN, plain


@dataclass(frozen=True)
class Step:
    """`missing`: a proof that is not good is left out instead of being wrong."""
    sender: tuple[str, str]
    deed: str
    request_id: bytes
    request: object
    verdict: Verdict | None = None
    missing: bool = False


def line(product, quantity=1, unit_price=1000, supply_days=0):
    return ClaimLine(product, quantity, unit_price, supply_days)


class Story:
    def __init__(self, network, household, rng, today):
        """`today`: at the household's scheme."""
        self.network, self.household, self.rng, self.today = network, household, rng, today
        self.fund = household.fund
        self.catalogue = CATALOGUE_OF[self.fund]
        self.card = household.cards[0]
        self.counters = {}
        self.prescriptions = 0
        self.version = household.version

    def request_id(self):
        return self.rng.randbytes(16)

    def plain(self, number, **amounts):
        return line(plain(self.catalogue, number), **amounts)

    def prescription(self, date=None, number=None, prescriber="M1"):
        self.prescriptions += 1
        return PrescriptionKey(prescriber, number or f"R{self.prescriptions}", date or self.today)

    def claim(self, *lines, **changes):
        """A third-party claim of today's, for the first person by the family's card."""
        service = changes.get("service", self.today)
        card = changes.pop("of_card", self.card)
        usual = {"kind": "THIRD_PARTY", "provider": PLAIN, "card": card.number, "fund": self.fund,
                 "key_version": card.key_version, "rank": self.household.beneficiaries[0].rank,
                 "service": service, "first_act": service, "long_term": False}
        usual |= changes
        if "prescription" not in usual:
            usual["prescription"] = self.prescription(usual["service"])
        return Claim(lines=lines or (self.plain(0),), **usual)

    def refund(self, *lines, **changes):
        return self.claim(*lines, **({"kind": "REFUND", "provider": ""} | changes))

    def next_counter(self, card):
        self.counters[card] = self.counters.get(card, 0) + 1
        return self.counters[card]

    def submit(self, claim, deed="submit", sender=None, **proofs):
        """Proofs: card, professional (good or not), counter, missing, request_id."""
        if sender is None:
            sender = ("provider", claim.provider) if claim.provider else ("centre", CENTRE)
        verdict = None
        if claim.kind == "THIRD_PARTY":
            counter = proofs.get("counter") or self.next_counter(claim.card)
            verdict = Verdict(proofs.get("card", True), proofs.get("professional", True), counter)
        request_id = proofs.get("request_id") or self.request_id()
        told = yield Step(sender, deed, request_id, claim, verdict, proofs.get("missing", False))
        return request_id, told

    def approved(self, claim, **proofs):
        """A claim that the story is about only if it is approved."""
        request_id, (expected, _) = yield from self.submit(claim, **proofs)
        assert expected.state_now == "APPROVED", expected
        return request_id

    def reverse(self, request_id, sender=("provider", PLAIN)):
        return (yield Step(sender, "reverse", self.request_id(), request_id))

    def status(self, request_id, close=False, sender=("provider", PLAIN)):
        return (yield Step(sender, "close" if close else "status", b"", request_id))

    def present(self, deed, of_card=None, sender=("provider", PLAIN), **proofs):
        """GetRights or UpdateCard."""
        card = of_card or self.card
        at_provider = sender[0] == "provider"
        question = CardQuestion(
            provider=sender[1] if at_provider else "", card=card.number, fund=self.fund,
            key_version=proofs.get("key_version", card.key_version),
            purpose="CARD_PRESENTED" if at_provider else "AT_COUNTER")
        verdict = None
        if at_provider:
            counter = proofs.get("counter") or self.next_counter(card.number)
            verdict = Verdict(proofs.get("card", True), None, counter)
        return (yield Step(sender, deed, self.request_id(), question, verdict,
                           proofs.get("missing", False)))

    def put(self, deed, request, sender=None):
        return (yield Step(sender or ("fund", self.fund), deed, self.request_id(), request))

    def feed_account(self, **changes):
        """The household as its fund knows it now, with changes."""
        self.version += 1
        self.household = dataclasses.replace(self.household, version=self.version, **changes)
        return (yield from self.put("put_account", self.household))

    def feed_person(self, **changes):
        first, *others = self.household.beneficiaries
        return (yield from self.feed_account(
            beneficiaries=(dataclasses.replace(first, **changes), *others)))

    def ago(self, count):
        return self.today - days(count)


class Plain(Story):
    """A household in which nothing is wrong with anybody, once the story has begun."""

    def begin(self, **person):
        usual = {"exempt": False, "rights": (Interval(),), "treatments": ()}
        yield from self.feed_person(**(usual | person))
        yield from self.feed_account(agreements=())
        yield from self.present("update")
