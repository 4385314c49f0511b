"""A household at random: claims with each field at or beside a boundary of what it is judged by, and
whatever else happens to a card meanwhile."""

import dataclasses

from oracle_cards import Report
from oracle_model import LAST_DAY, PrescriptionKey, add_months, days
from rules_network import CENTRE, DESK, EDGED, PLAIN, PROVIDERS, WITHOUT
from rules_story import Story, line

BESIDE = (-1, 0, 0, 1)


class Walk(Story):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.known, self.claims = [], []

    def tell(self, steps):
        deeds = [self.one_claim] * 20 + [self.one_reversal] * 3 + [
            self.one_repeat, self.one_rights, self.one_update, self.one_feed, self.one_report]
        for _ in range(steps):
            yield from self.rng.choice(deeds)()

    def one_claim(self):
        rng = self.rng
        kind = "REFUND" if rng.random() < 0.2 else "THIRD_PARTY"
        claim = self.dated(kind)
        claim = dataclasses.replace(claim, lines=tuple(self.lines(claim)))
        if rng.random() < 0.12:
            claim = self.to_the_ceiling(claim)
        proofs = self.proofs(claim)
        deed = "quote" if rng.random() < 0.15 else "submit"
        sender = ("provider", claim.provider if claim.provider in PROVIDERS else PLAIN) if kind == "THIRD_PARTY" else ("centre", CENTRE)
        request_id, _ = yield from self.submit(claim, deed, sender, **proofs)
        if deed == "submit":
            self.claims.append((sender, request_id, claim))

    def dated(self, kind):
        """Who, where, when and on what prescription."""
        rng, numbers = self.rng, self.network.rows.rulebook_of(self.fund).on(self.today)
        card = self.card if rng.random() < 0.8 else rng.choice(self.household.cards)
        rank = rng.choice(self.household.beneficiaries).rank
        if card.rank and rng.random() < 0.85:
            rank = card.rank
        past = numbers["service_date_past_days_max"]
        service = self.ago(rng.choice((0, 0, 0, 1, 5, 7, 8, 20, 29, past - 1, past, past + 1, -1,
                                       rng.randint(0, past))))
        first_act = service - days(rng.choice((0, 0, 0, 1, 40)))
        if kind == "REFUND":
            limit = add_months(self.today, -numbers["refund_months_max"])
            first_act = limit + days(rng.choice((*BESIDE, 30, 60)))
            service = max(first_act, service) if rng.random() < 0.95 else service
        if rng.random() < 0.02:
            first_act = service + days(1)
        provider = rng.choice((PLAIN,) * 12 + (EDGED, EDGED, WITHOUT, "16-999999"))
        return self.claim(kind=kind, provider=provider if kind == "THIRD_PARTY" else "", of_card=card,
                          rank=rank if rng.random() < 0.97 else 9, service=service,
                          first_act=first_act, long_term=rng.random() < 0.45,
                          prescription=self.prescription_for(service, rank, numbers))

    def prescription_for(self, service, rank, numbers):
        rng = self.rng
        recent = [key for key in self.known if key.date <= service][-3:]
        if recent and rng.random() < 0.45:
            return rng.choice(recent)
        longest = numbers["prescription_days_max"]
        age = rng.choice((0, 0, 1, 10, rng.randint(0, longest), longest - 1, longest, longest + 1, -1))
        date = service - days(age)
        person = self.person(rank)
        if rng.random() < 0.2 and person:
            when = rng.choice(person.rights)
            date = min(rng.choice((when.first, when.last)), self.today) + days(rng.choice(BESIDE))
        if rng.random() < 0.08:
            return PrescriptionKey("M1", f"A{rng.randint(1, 2)}", self.ago(rng.choice((0, 5, 40))))
        key = self.prescription(date, prescriber=rng.choice(("M1", "M1", "M1", "M2", "M3", "M9")))
        self.known.append(key)
        return key

    def person(self, rank):
        return next((it for it in self.household.beneficiaries if it.rank == rank), None)

    def lines(self, claim):
        rng = self.rng
        catalogue = [it for it in self.network.products if it.catalogue == self.catalogue]
        person = self.person(claim.rank)
        treated = {inn for way in (person.treatments if person else ()) for inn in way.inns}
        of_treatments = [it for it in catalogue if it.inn in treated]
        chosen = []
        for _ in range(rng.choice((1, 1, 2, 2, 3, 5, 12))):
            pool = catalogue
            if of_treatments and rng.random() < (0.6 if claim.long_term else 0.2):
                pool = of_treatments
            elif rng.random() < 0.35:
                pool = catalogue[-10:]
            chosen.append(rng.choice(pool))
            if rng.random() < 0.06:
                chosen.append(chosen[-1])
        for product in chosen:
            yield self.line_of(product)

    def line_of(self, product):
        rng = self.rng
        code = product.code if rng.random() < 0.98 else "NO-SUCH"
        quantity = rng.choice((1, 1, 1, 2, 3))
        if product.quantity_max and rng.random() < 0.4:
            quantity = max(1, product.quantity_max + rng.choice(BESIDE))
        prices = [product.public_price, product.public_price + rng.choice(BESIDE),
                  rng.randint(1, product.public_price)]
        prices += [row.amount + rng.choice(BESIDE)
                   for row in self.network.rows.tarifs(self.catalogue, product.inn)]
        supplies = [0, 1, 7, 10, 30, 59, 60, 61, 90, 91, 21, 20]
        for limit in (product.supply_days_max, product.agreement_above):
            if limit is not None:
                supplies += [max(0, limit + beside) for beside in BESIDE]
        price = max(1, rng.choice(prices))
        if product.public_price > 1_000_000 and rng.random() < 0.8:
            price = rng.randint(1, 60_000)
        return line(code, quantity, price, rng.choice(supplies))

    def to_the_ceiling(self, claim):
        """Its last line is of a plain product, whose price brings the claim beside the ceiling."""
        rng = self.rng
        numbers = self.network.rows.rulebook_of(self.fund).on(claim.service)
        ceiling = numbers["prescription_ceiling_centimes"]
        others = sum(it.quantity * it.unit_price for it in claim.lines[:-1])
        if ceiling == "none" or others >= ceiling - 1:
            return claim
        last = self.plain(rng.randint(0, 40), unit_price=ceiling - others + rng.choice(BESIDE))
        return dataclasses.replace(claim, lines=(*claim.lines[:-1], last))

    def proofs(self, claim):
        rng = self.rng
        chance = rng.random()
        if chance < 0.84:
            return {}
        if chance < 0.88:
            return {"card": False, "missing": rng.random() < 0.3}
        if chance < 0.91:
            return {"professional": False, "missing": rng.random() < 0.3}
        used = self.counters.get(claim.card, 0)
        if chance < 0.94:
            self.counters[claim.card] = used + rng.choice((2, 9, 64, 70))
            return {"counter": self.counters[claim.card]}
        return {"counter": max(1, used - rng.choice((0, 1, 2, 7, 8, 9, 63, 64, 65)))}

    def one_reversal(self):
        if not self.claims:
            return
        sender, request_id, _ = self.rng.choice(self.claims[-4:])
        yield from self.reverse(request_id, sender)
        yield from self.status(request_id, sender=sender)

    def one_repeat(self):
        if not self.claims:
            return
        sender, request_id, claim = self.rng.choice(self.claims)
        if self.rng.random() < 0.3:
            claim = dataclasses.replace(claim, terminal="T2")
        yield from self.submit(claim, sender=sender, request_id=request_id)

    def one_rights(self):
        sender = self.rng.choice((("provider", PLAIN), ("centre", CENTRE), ("desk", DESK)))
        yield from self.present("rights", self.rng.choice(self.household.cards), sender)

    def one_update(self):
        sender = self.rng.choice((("provider", PLAIN), ("centre", CENTRE)))
        card = self.rng.choice(self.household.cards)
        version = card.key_version if self.rng.random() > 0.1 else 77
        yield from self.present("update", card, sender, card=self.rng.random() > 0.1,
                                key_version=version)

    def one_report(self):
        rng = self.rng
        card = rng.choice(self.household.cards[1:])
        action = rng.choice(("BLACKLIST", "LIFT", "LIFT", "OPPOSE_LOST"))
        until = self.today + days(rng.choice(BESIDE)) if action == "BLACKLIST" else LAST_DAY
        yield from self.put("report", Report(card.number, action, until), ("centre", CENTRE))

    def one_feed(self):
        rng = self.rng
        person = rng.choice(self.household.beneficiaries)
        changed = self.network.person(person.rank, self.fund)
        if rng.random() < 0.5:
            changed = dataclasses.replace(person, exempt=not person.exempt)
        people = tuple(changed if it is person else it for it in self.household.beneficiaries)
        yield from self.feed_account(beneficiaries=people)
