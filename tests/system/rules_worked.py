"""The worked claims of the rules, W1 to W12, with the amounts that are written there: the oracle and
the switch must both come to them. Their days are fixed, so they can be told on WORKED_DAY only."""

import datetime

from oracle_cards import FUND_AGREEMENT, RowFed
from oracle_model import Agreement, Interval, Product, Tarif, Treatment
from rules_network import PLAIN
from rules_story import Plain, line

WORKED_DAY = datetime.date(2026, 4, 5)
SERVICE = datetime.date(2026, 3, 10)
CEILING, COUNT = "PRESCRIPTION_CEILING_EXCEEDED", "PRESCRIPTION_COUNT_EXCEEDED"


class Worked(Plain):
    def tell(self):
        for number in range(1, 13):
            self.taken = []
            yield from self.begin()
            yield from getattr(self, f"w{number}")()
            for request_id in self.taken:
                yield from self.reverse(request_id)

    def answer(self, lines, answers, **changes):
        """`answers`: of each line (insurer, patient) in centimes, or its reason."""
        claim = self.claim(*lines, **({"service": SERVICE} | changes))
        request_id, (expected, _) = yield from self.submit(claim)
        body = expected.body["claim"]
        got = [(it["insurer_cents"], it["patient_cents"]) if it["reason"] == "REASON_NONE"
               else it["reason"] for it in body["lines"]]
        assert got == answers, (got, answers)
        paid = [it for it in answers if isinstance(it, tuple)]
        assert (body["reason"] == "NO_PAYABLE_LINE") == (not paid)
        assert body["insurer_cents"] == sum(insurer for insurer, _ in paid)
        assert body["patient_cents"] == sum(patient for _, patient in paid)
        if paid:
            self.taken.append(request_id)
        return claim.prescription

    def treated(self, inn):
        return {"treatments": (Treatment("ALD1", Interval(), (inn,)),)}

    def with_tarif(self):
        code = f"W-{self.household.insured}"
        for deed, row in (("put_product", Product("DZ", code, f"I-{code}", 500_000)),
                          ("put_tarif", Tarif("DZ", f"I-{code}", 90_000))):
            yield from self.put(deed, RowFed(row, 1), ("authority", "DZ"))
        return line(code, unit_price=120_000)

    def w1(self):
        yield from self.answer([self.plain(0, unit_price=120_000)], [(96_000, 24_000)])

    def w2(self):
        asked = yield from self.with_tarif()
        yield from self.answer([asked], [(72_000, 48_000)])

    def w3(self):
        asked = yield from self.with_tarif()
        yield from self.begin(**self.treated(f"I-{asked.product}"))
        yield from self.answer([asked], [(90_000, 30_000)], long_term=True)

    def w4(self):
        yield from self.answer([self.plain(0, unit_price=500_001)], [CEILING])
        yield from self.answer([self.plain(0, unit_price=500_000)], [(400_000, 100_000)])

    def w5(self):
        on = yield from self.answer([self.plain(0, unit_price=400_000)], [(320_000, 80_000)])
        yield from self.answer([self.plain(1, unit_price=300_000)], [CEILING], prescription=on)

    def w6(self):
        granted = Agreement(FUND_AGREEMENT + 1, 1, "granted", Interval(), self.plain(0).product)
        yield from self.feed_account(agreements=(granted,))
        yield from self.answer([self.plain(0, unit_price=400_000), self.plain(1, unit_price=200_000)],
                               [(320_000, 80_000), (160_000, 40_000)])

    def w7(self):
        for number in range(2):
            yield from self.answer([self.plain(number)], [(800, 200)])
        yield from self.answer([self.plain(2)], [COUNT])
        yield from self.reverse(self.taken.pop(0), ("provider", PLAIN))
        yield from self.answer([self.plain(2)], [(800, 200)])

    def w8(self):
        on = yield from self.answer([self.plain(0)], [(800, 200)])
        yield from self.answer([self.plain(1)], [(800, 200)])
        yield from self.answer([self.plain(2)], [(800, 200)], prescription=on)

    def w9(self):
        yield from self.begin(**self.treated("I-DZ-07"))
        yield from self.answer([self.plain(0, unit_price=600_000)], [(480_000, 120_000)])

    def w10(self):
        yield from self.begin(**self.treated("I-DZ-00"))
        asked = [self.plain(0, supply_days=30)]
        on = yield from self.answer(asked, [(1000, 0)], long_term=True)
        again = {"long_term": True, "prescription": on}
        yield from self.answer(asked, ["REFILL_TOO_SOON"], service=datetime.date(2026, 3, 31), **again)
        yield from self.answer(asked, [(1000, 0)], service=WORKED_DAY, **again)

    def w11(self):
        yield from self.answer([line("NO-SUCH"), self.plain(0, unit_price=10_000)],
                               ["PRODUCT_UNKNOWN", (8000, 2000)])

    def w12(self):
        lines = [self.plain(number, unit_price=63) for number in range(3)]
        yield from self.answer(lines, [(50, 13)] * 3)
