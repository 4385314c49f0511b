"""Stories of what is not a line's: request ids, cards and their bars, participants, feeds, the bound
of a history."""

import dataclasses

from oracle_cards import AccountFed, CardFed, ProviderFed, Report, RowFed
from oracle_claim import HISTORY_BYTES_MAX, HISTORY_LINE_BYTES, history_bytes
from oracle_model import Beneficiary, FundCard, Interval, Product, Provider, Tarif, days
from rules_network import CENTRE, FUNDS, LATER, PLAIN, PLAIN_PRODUCTS, PROVIDERS, SUSPENDED, plain
from rules_story import Plain, line


class Identity(Plain):
    """Repeats, other content, reversals and closings before and after, others' claims."""

    def tell(self):
        yield from self.begin()
        claim = self.claim()
        request_id, _ = yield from self.submit(claim)
        yield from self.submit(claim, request_id=request_id, card=False)
        yield from self.submit(dataclasses.replace(claim, terminal="T2"), request_id=request_id)
        yield from self.submit(claim, "quote", request_id=request_id)
        yield from self.reverse(request_id, ("centre", CENTRE))
        yield from self.status(request_id, close=True)
        yield from self.reverse(request_id)
        yield from self.submit(claim, request_id=request_id)
        yield from self.reverse(request_id)
        yield from self.status(request_id, close=True)
        for leave in (self.reverse, lambda id: self.status(id, close=True)):
            late = self.request_id()
            yield from self.status(late)
            yield from leave(late)
            yield from self.status(late)
            yield from self.submit(self.claim(), "quote", request_id=late)
            yield from self.submit(claim, request_id=late)
            yield from self.submit(claim, request_id=late)
            yield from self.status(late)
        declined, _ = yield from self.submit(self.claim(service=self.ago(200)))
        yield from self.reverse(declined)
        yield from self.submit(self.claim(provider="16-999999"), sender=("provider", PLAIN))
        yield from self.submit(self.claim(), sender=("centre", CENTRE))
        yield from self.submit(self.refund(), sender=("provider", PLAIN))
        yield from self.submit(self.claim(card="404"))
        yield from self.submit(self.refund(card="404"))
        _, step = yield from self.present("update")
        yield from self.status(step.request_id)
        yield from self.reverse(step.request_id)


class Bars(Plain):
    """A card reported, freed, fed and replaced, in every order that matters."""

    def tell(self):
        yield from self.begin()
        centre, own = ("centre", CENTRE), ("fund", self.fund)
        other = ("fund", next(fund for fund in FUNDS if fund != self.fund))
        second = self.household.cards[1]
        for sender in (centre, own, other):
            for action, until in (("LIFT", 0), ("BLACKLIST", -1), ("BLACKLIST", 0), ("BLACKLIST", 9),
                                  ("BLACKLIST", -2), ("BLACKLIST", 2), ("OPPOSE_LOST", 0),
                                  ("BLACKLIST", -1), ("OPPOSE_STOLEN", 0), ("LIFT", 0), ("LIFT", 0)):
                report = Report(self.card.number, action)
                if action == "BLACKLIST":
                    report = dataclasses.replace(report, until=self.today + days(until))
                yield from self.put("report", report, sender)
                yield from self.submit(self.claim())
                yield from self.submit(self.refund(self.plain(9)), "quote")
                yield from self.present("rights", sender=centre)
        for bar, until in (("lost", None), ("blacklisted", -1), ("blacklisted", 0), ("", None),
                           ("replaced", None), ("stolen", None)):
            changed = dataclasses.replace(self.card, bar=bar)
            if until is not None:
                changed = dataclasses.replace(changed, bar_until=self.today + days(until))
            yield from self.feed_account(cards=(changed, *self.household.cards[1:]))
            yield from self.submit(self.claim(), "quote")
            yield from self.put("report", Report(self.card.number, "LIFT"), centre)
            yield from self.present("update")
        yield from self.feed_account(cards=(self.card, *self.household.cards[1:]))
        yield from self.put("report", Report("404", "OPPOSE_LOST"), centre)
        for replacement in ("404", second.number):
            yield from self.put("report", Report(self.card.number, "REPLACE", replacement=replacement),
                                centre)
            yield from self.submit(self.claim())
        yield from self.put("report", Report(self.card.number, "LIFT"), centre)
        yield from self.put("report", Report(self.card.number, "OPPOSE_LOST"), centre)
        yield from self.submit(self.claim(rank=second.rank, of_card=second))
        yield from self.submit(self.claim())


class Feeds(Plain):
    """What a fund may change in the middle of a history, and what it may not."""

    def tell(self):
        yield from self.begin()
        yield from self.submit(self.claim(self.plain(0), self.plain(1, supply_days=30)))
        yield from self.feed_person(exempt=True)
        yield from self.submit(self.claim(self.plain(2), self.plain(1)))
        yield from self.submit(self.refund(self.plain(3)))
        yield from self.put("put_account", self.household)
        other = next(fund for fund in FUNDS if fund != self.fund)
        yield from self.put("put_account", self.household, ("fund", other))
        newer = dataclasses.replace(self.household, version=self.version + 1)
        yield from self.put("put_account", dataclasses.replace(newer, fund=other), ("fund", other))
        stranger = AccountFed(f"S{self.household.insured}", self.fund, 1, (self.card,),
                              (Beneficiary(1, self.ago(9000)),))
        yield from self.put("put_account", stranger)
        yield from self.put("put_card", CardFed("nobody", self.card, 1))
        fresh = FundCard(f"88{self.household.insured}", key_version=7)
        for version in (self.version, self.version + 1):
            yield from self.put("put_card", CardFed(self.household.insured, fresh, version))
        self.version += 1
        yield from self.submit(self.claim(of_card=fresh))
        yield from self.present("update", fresh)
        yield from self.submit(self.claim(self.plain(4), of_card=fresh))
        yield from self.feed_account()
        yield from self.submit(self.claim(self.plain(5), of_card=fresh))
        yield from self.submit(self.claim(self.plain(5)))
        yield from self.feed_account(cards=(dataclasses.replace(self.card, key_version=9),))
        yield from self.submit(self.claim(self.plain(6)))
        self.card = self.household.cards[0]
        yield from self.submit(self.claim(self.plain(6)))
        stranger = dataclasses.replace(stranger, cards=(FundCard(f"89{self.household.insured}"),))
        yield from self.put("put_account", stranger)
        yield from self.submit(self.claim(of_card=stranger.cards[0]))
        yield from self.present("update", stranger.cards[0])
        yield from self.submit(self.claim(of_card=stranger.cards[0]))


class Catalogue(Plain):
    """A product and its tarif that change around the service date, with prices that round."""

    def tell(self):
        yield from self.begin()
        code = f"CAT-{self.household.insured}"
        rows = [Product("DZ", code, f"I-{code}", 101, rate=5000),
                Product("DZ", code, f"I-{code}", 99, rate=1250,
                        in_force=Interval(self.ago(10), self.ago(5))),
                Product("DZ", code, f"I-{code}", 63, in_force=Interval(self.ago(2), self.ago(1)),
                        reimbursable=False),
                Tarif("DZ", f"I-{code}", 90, Interval(self.ago(8), self.ago(6))),
                Tarif("DZ", f"I-{code}", 50, Interval(self.ago(7), self.ago(1)))]
        for row in rows:
            deed = "put_product" if isinstance(row, Product) else "put_tarif"
            yield from self.put(deed, RowFed(row, 1), ("authority", "DZ"))
            for back in range(11, -1, -1):
                for price in (63, 99, 101):
                    asked = line(code, quantity=1 + back, unit_price=price)
                    yield from self.submit(self.claim(asked, service=self.ago(back)), "quote")
                    yield from self.submit(self.refund(asked, service=self.ago(back)), "quote")
        yield from self.submit(self.claim(line(code), line(code), self.plain(0), line(code)))
        yield from self.submit(self.claim(*(line(code, unit_price=price) for price in (102, 101, 100))))


class Participants(Plain):
    """Suspended from the start, and suspended later with claims still open."""

    def tell(self):
        yield from self.begin()
        yield from self.submit(self.claim(provider=SUSPENDED))
        claim = self.claim(self.plain(1), provider=LATER)
        request_id, _ = yield from self.submit(claim)
        good = Provider(LATER, ((self.fund, Interval()),))
        barred = dataclasses.replace(good, suspended=True)
        others = Provider(LATER, (("AMO", Interval()),))
        for version, it in ((2, barred), (3, others), (3, good)):
            yield from self.put("put_provider", ProviderFed(it, version))
            yield from self.submit(claim, request_id=request_id)
            yield from self.submit(self.claim(self.plain(2), provider=LATER))
            yield from self.present("update", sender=("provider", LATER))
            yield from self.status(request_id, sender=("provider", LATER))
            yield from self.reverse(request_id, ("provider", LATER))
        ended = Provider(LATER, ((self.fund, Interval(last=self.ago(2))),))
        yield from self.put("put_provider", ProviderFed(ended, 4))
        for back in (1, 2, 3):
            yield from self.submit(self.claim(provider=LATER, service=self.ago(back)), "quote")


class HistoryBound(Plain):
    """Fills a history to its last byte."""

    def tell(self):
        yield from self.begin()
        history = self.network.rows.history(self.household.insured, 1)
        many = [self.plain(number) for number in range(40)]
        one = HISTORY_LINE_BYTES + len("M1") + len(many[0].product) + len(f"I-{self.catalogue}-00")
        while HISTORY_BYTES_MAX - history_bytes(history) > 41 * (one + 20):
            on = self.prescription(number=f"N{len(history):019}")
            yield from self.submit(self.refund(*many, prescription=on))
        while (left := HISTORY_BYTES_MAX - history_bytes(history)) > one + 20:
            length = min(20, left - 2 * one) if left < 2 * (one + 20) else 10
            on = self.prescription(number=f"{len(history):0{max(length, 4)}}")
            yield from self.submit(self.refund(prescription=on))
        for claim in (self.refund, self.claim):
            on = self.prescription(number="N" * (left - one + 1))
            yield from self.submit(claim(prescription=on))
            yield from self.submit(claim(line("NO-SUCH"), prescription=on))
            yield from self.submit(claim(self.plain(0), self.plain(1), prescription=on))
        request_id, _ = yield from self.submit(
            self.refund(prescription=self.prescription(number="N" * (left - one))))
        yield from self.submit(self.refund())
        yield from self.reverse(request_id, ("centre", CENTRE))
        yield from self.submit(self.claim(prescription=self.prescription(number="L" * (left - one))))
