"""Households with a purpose: each story walks up to one rule from both sides, and past it."""

import dataclasses

from oracle_cards import AgreementDecided, AgreementWanted, RowFed
from oracle_model import Alternative, Interval, Product, Tarif, Treatment, add_months, days, quarter
from rules_network import CENTRE, DESK, PLAIN
from rules_story import Plain, line


class Counters(Plain):
    def tell(self):
        yield from self.begin()
        highest = self.counters[self.card.number] + 200
        for counter in (highest, highest - 64, highest - 65, highest - 64, highest, highest - 63,
                        highest - 8, highest - 9, highest + 1, 1):
            yield from self.submit(self.claim(), counter=counter)
            yield from self.submit(self.claim(service=self.ago(25)), counter=counter)
        yield from self.submit(self.claim(), "quote", counter=highest + 9)
        yield from self.submit(self.claim(), card=False, counter=highest + 9)
        yield from self.submit(self.claim(), professional=False, counter=highest + 9)
        yield from self.submit(self.claim(), card=False, professional=False, counter=highest + 9)
        yield from self.submit(self.claim(fund="NONE"), card=False, professional=False,
                               counter=highest + 9)
        yield from self.submit(self.claim(fund="AMO" if self.fund != "AMO" else "CNAS"),
                               counter=highest + 9)
        yield from self.submit(self.claim(key_version=self.card.key_version + 1), counter=highest + 9)
        yield from self.submit(self.claim(rank=9), counter=highest + 9)
        yield from self.submit(self.claim(), counter=highest + 9)
        yield from self.present("rights", counter=highest + 9)
        yield from self.present("rights", card=False, counter=highest + 10)
        yield from self.present("rights", counter=highest + 10)
        yield from self.submit(self.claim(service=self.today + days(2)), counter=highest + 11)
        yield from self.present("update", counter=highest + 11)
        yield from self.present("update", counter=highest + 12)
        yield from self.submit(self.claim(), counter=highest + 12)
        yield from self.submit(self.claim(), counter=4294967295)
        yield from self.submit(self.claim(), counter=4294967295 - 64)


class Dates(Plain):
    def tell(self):
        yield from self.begin()
        numbers = self.network.rows.rulebook_of(self.fund).on(self.today)
        past, longest = numbers["service_date_past_days_max"], numbers["prescription_days_max"]
        for back in (past - 1, past, past + 1, 120, 121, -1, -2):
            yield from self.submit(self.claim(service=self.ago(back)), "quote")
            yield from self.submit(self.refund(service=self.ago(back)), "quote")
        for age in (longest - 1, longest, longest + 1, 0, -1, 45, 46):
            for service in (self.today, self.ago(25)):
                on = self.prescription(service - days(age))
                yield from self.submit(self.claim(service=service, prescription=on), "quote")
                yield from self.submit(self.refund(service=service, prescription=on), "quote")
        months = numbers["refund_months_max"]
        for shift in range(-4, 5):
            first = add_months(self.today, -months) + days(shift)
            yield from self.submit(self.refund(first_act=first), "quote")
            yield from self.submit(self.claim(first_act=first), "quote")
        yield from self.submit(self.claim(first_act=self.today + days(1)), "quote")
        yield from self.submit(self.refund(first_act=self.today + days(1)), "quote")


class Rights(Plain):
    def tell(self):
        for shift in (-1, 0, 1):
            opened = (Interval(self.ago(60), self.ago(40)), Interval(self.ago(10), self.today + days(5)))
            yield from self.begin(rights=opened)
            for date in (self.ago(60), self.ago(40), self.ago(10)):
                on = self.prescription(date + days(shift))
                yield from self.submit(self.claim(prescription=on), "quote")
                yield from self.submit(self.refund(prescription=on), "quote")
        others = tuple(dataclasses.replace(it, rights=()) for it in self.household.beneficiaries[1:])
        for end in (-1, 0, 1, 400):
            rights = (Interval(self.ago(400), self.today + days(end)),)
            first = dataclasses.replace(self.household.beneficiaries[0], rights=rights)
            yield from self.feed_account(beneficiaries=(first, *others))
            for sender in (("provider", PLAIN), ("centre", CENTRE)):
                yield from self.present("update", sender=sender)
                yield from self.present("rights", sender=sender)
            yield from self.submit(self.claim())
            yield from self.submit(self.claim(service=self.today + days(1)), "quote")


class Refills(Plain):
    def tell(self):
        yield from self.begin()
        product = self.plain(1).product
        for length in (13, 14, 15, 16, 30):
            for back in (12, 7):
                supplied = self.refund(line(product, supply_days=length), service=self.ago(back))
                request_id = yield from self.approved(supplied)
                for service in range(back, -1, -1):
                    yield from self.submit(self.claim(
                        line(product, supply_days=5), service=self.ago(service)), "quote")
                yield from self.reverse(request_id, ("centre", CENTRE))
        yield from self.submit(self.refund(line(product, supply_days=20), service=self.ago(15)))
        yield from self.submit(self.refund(line(product, supply_days=40), service=self.ago(2)))
        yield from self.submit(self.refund(line(product), service=self.today))
        for service in range(20, -1, -1):
            yield from self.submit(self.refund(line(product), service=self.ago(service)), "quote")
        one_inn = [it.code for it in self.network.products
                   if it.catalogue == self.catalogue and it.inn == f"{self.catalogue}01"]
        yield from self.submit(self.claim(*(line(code, supply_days=30) for code in one_inn)))
        yield from self.submit(self.claim(*(line(code, supply_days=3) for code in one_inn)))


class Limits(Plain):
    """Counts and ceilings, by the rulebook of the household's fund."""

    def tell(self):
        yield from self.begin()
        numbers = self.network.rows.rulebook_of(self.fund).on(self.today)
        ceiling = numbers["prescription_ceiling_centimes"]
        ceiling = 300_000 if ceiling == "none" else ceiling
        on = self.prescription()
        for price in (ceiling + 1, ceiling, ceiling - 1):
            yield from self.submit(self.claim(self.plain(0, unit_price=price)), "quote")
        first = yield from self.approved(self.claim(
            self.plain(0, unit_price=ceiling - 100), prescription=on))
        for price in (101, 100):
            yield from self.submit(self.claim(self.plain(1, unit_price=price), prescription=on))
        yield from self.submit(self.refund(self.plain(2, unit_price=ceiling), prescription=on))
        second = self.claim(self.plain(3), self.plain(4))
        second_id, _ = yield from self.submit(second)
        yield from self.submit(self.claim(self.plain(5)))
        third, _ = yield from self.submit(self.claim(self.plain(6)))
        yield from self.submit(self.claim(self.plain(7), prescription=second.prescription))
        yield from self.reverse(first)
        yield from self.submit(self.claim(self.plain(8)))
        yield from self.reverse(second_id)
        yield from self.submit(self.claim(self.plain(9)))
        yield from self.submit(self.claim(self.plain(10), long_term=True))
        yield from self.present("rights")
        yield from self.reverse(third)
        yield from self.present("rights", sender=("desk", DESK))


class Quarters(Plain):
    """Prescriptions on both sides of a quarter's first day, where the days admitted reach it."""

    def tell(self):
        yield from self.begin()
        this = quarter(self.today)
        before = next((back for back in range(1, 92) if quarter(self.ago(back)) != this), 0)
        old = self.prescription(self.ago(before))
        ids = []
        for back, on in ((0, old), (before, old), (before - 1, None), (before, None), (before, None),
                         (0, None), (0, None), (before, None)):
            on = on or self.prescription(self.ago(back))
            lines = self.plain(len(ids)), self.plain(len(ids) + 10)
            claim = self.claim(*lines, prescription=on, service=self.ago(back))
            ids.append((yield from self.submit(claim))[0])
        for request_id in (ids[1], ids[2], ids[0]):
            yield from self.reverse(request_id)
            for back in (0, before):
                claim = self.claim(self.plain(30), service=self.ago(back))
                yield from self.submit(claim, "quote")


class LongTerm(Plain):
    """Treatments and exemptions: the rate, the limits, the days of supply, repeated dispensing."""

    def tell(self):
        inns = tuple(f"I-{self.catalogue}-{number:02}" for number in range(10))
        on = self.prescription(self.ago(12))
        for begin, end in ((-12, 0), (-11, -1), (-5, 5)):
            treated = Treatment("ALD1", Interval(self.today + days(begin), self.today + days(end)), inns)
            yield from self.begin(treatments=(treated,), exempt=end == 5)
            for back in (12, 11, 5, 1, 0):
                lines = (self.plain(1, unit_price=600_000, supply_days=2), self.plain(20), self.plain(1),
                         self.plain(2, supply_days=91), self.plain(3, supply_days=90),
                         self.plain(4, supply_days=21), self.plain(5, supply_days=61))
                yield from self.submit(self.claim(*lines, service=self.ago(back), long_term=True,
                                                  prescription=on), "quote")
                yield from self.submit(self.claim(*lines, service=self.ago(back), prescription=on),
                                       "quote")
                yield from self.submit(self.claim(*lines[:2], service=self.ago(back), long_term=True,
                                                  prescription=on))
            yield from self.present("rights")
        for _ in range(4):
            yield from self.submit(self.claim(self.plain(3), self.plain(30), long_term=True))


class Age(Plain):
    """Completed years at the service date, with a restriction at that age."""

    def tell(self):
        code = f"AGE-{self.household.insured}"
        for version, (low, high) in enumerate(((18, None), (None, 17), (65, 80)), 1):
            row = Product("DZ", code, f"I-{code}", 10_000, alternatives=(Alternative(low, high),))
            yield from self.put("put_product", RowFed(row, version), ("authority", "DZ"))
            for years in {low or 18, (high or 17) + 1}:
                for shift in (-1, 0, 1):
                    birth = add_months(self.today, -12 * years) + days(shift)
                    yield from self.begin(birth=birth)
                    yield from self.submit(self.claim(line(code)), "quote")
                    yield from self.submit(self.refund(line(code), service=self.ago(1)), "quote")
        yield from self.put("put_tarif", RowFed(Tarif("DZ", f"I-{code}", 333), 1), ("authority", "DZ"))
        yield from self.submit(self.refund(line(code, unit_price=20_000, quantity=3)))


class Agreements(Plain):
    def tell(self):
        yield from self.begin()
        code = f"AGR-{self.household.insured}"
        row = Product("DZ", code, f"I-{code}", 900_000, agreement_above=0, quantity_max=2,
                      supply_days_max=30)
        yield from self.put("put_product", RowFed(row, 1), ("authority", "DZ"))
        on = self.prescription()
        beyond = line(code, quantity=3, unit_price=900_000, supply_days=31)
        for subject in (code, on):
            for provider in (("provider", PLAIN), ("centre", CENTRE)):
                yield from self.submit(self.claim(beyond, prescription=on), "quote")
                wanted = Interval(self.ago(3), self.today)
                asked = AgreementWanted(self.card.number, 1, wanted, subject)
                expected, answer = yield from self.put("ask_agreement", asked, provider)
                row_asked = expected.body["agreement"]["agreement"]
                yield from self.submit(self.claim(beyond, prescription=on), "quote")
                yield from self.decide(row_asked.id, provider == ("centre", CENTRE))
                for back in (4, 3, 2, 1, 0):
                    service = self.ago(back)
                    dated = dataclasses.replace(on, date=service)
                    for key in (on, dated):
                        yield from self.submit(self.claim(
                            beyond, self.plain(3), prescription=key, service=service), "quote")
        yield from self.submit(self.claim(beyond, self.plain(4, unit_price=100), prescription=on))
        yield from self.submit(self.claim(beyond, prescription=self.prescription()))
        yield from self.until_full()

    def decide(self, agreement, granted):
        """By the wrong fund, without the account, and then twice by the right one."""
        decided = AgreementDecided(self.household.insured, agreement, granted,
                                   Interval(self.ago(2), self.ago(1)) if granted else None)
        other = "CASNOS" if self.fund != "CASNOS" else "CNAS"
        yield from self.put("decide_agreement", decided, ("fund", other))
        yield from self.put("decide_agreement", dataclasses.replace(decided, insured="000"))
        yield from self.put("decide_agreement", decided)
        yield from self.put("decide_agreement", decided)

    def until_full(self):
        asked = AgreementWanted(self.card.number, 9, Interval(self.today, self.today), "P")
        yield from self.put("ask_agreement", asked, ("provider", PLAIN))
        asked = dataclasses.replace(asked, rank=1, card="123")
        yield from self.put("ask_agreement", asked, ("provider", PLAIN))
        reason = "REASON_NONE"
        while reason == "REASON_NONE":
            asked = AgreementWanted(self.card.number, 1, Interval(self.today, self.today),
                                    self.prescription())
            expected, _ = yield from self.put("ask_agreement", asked, ("provider", PLAIN))
            reason = expected.body["agreement"]["reason"]
        yield from self.feed_account()


class Prescribers(Plain):
    """Where and while the rulebook asks for prescribers: in the oldest days of the dated scheme."""

    def tell(self):
        yield from self.begin()
        for back in (49, 50, 51, 60):
            for prescriber in ("M1", "M3", "M9"):
                service = self.ago(back)
                on = self.prescription(service, prescriber=prescriber)
                for claim in (self.claim, self.refund):
                    yield from self.submit(claim(service=service, prescription=on), "quote")
