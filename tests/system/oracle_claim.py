"""Checks 4 to 23, price and effects of a claim, from the text of the rules alone: the order is that
of docs/decline_reasons.md. Shares nothing with switch/core, which it is there to be compared with."""

import datetime
from dataclasses import dataclass, field

from oracle_model import Approved, Dispensed, add_months, completed_years, days, quarter

# docs/data_format.md, History: bytes before the lines, bytes of a line without its five codes.
HISTORY_BYTES_MAX = 32768
HISTORY_HEAD_BYTES = 11
HISTORY_LINE_BYTES = 33


@dataclass
class LineState:
    """How a line is being judged."""
    asked: object
    reason: str = ""
    product: object = None
    long_term: bool = False
    agreed: bool = False
    limited: bool = False
    price: int = 0
    insurer: int = 0
    come_back_on: object = None


@dataclass
class Judged:
    """A decision on a claim, and what applies if it is not a quote."""
    reason: str = ""
    lines: list = field(default_factory=list)
    marks_counter: bool = False
    rights_until: object = None
    prescriptions_left: int | None = None
    card: object = None
    history: list | None = None
    record: Approved | None = None


def newest(rows, day):
    """Of the rows in force on a day the one that began last."""
    return max((row for row in rows if row.in_force.holds(day)),
               key=lambda row: row.in_force.first, default=None)


def card_bar(card, today):
    """Check 5 without the unknown card: whoever set the bar, it counts."""
    owned = card.fund_owned
    bars = [(owned.bar, owned.bar_until), (card.reported, card.reported_until)]
    kinds = {bar for bar, until in bars}
    if "replaced" in kinds:
        return "CARD_REPLACED"
    if kinds & {"lost", "stolen"}:
        return "CARD_OPPOSED"
    if any(bar == "blacklisted" and today <= until for bar, until in bars):
        return "CARD_BLACKLISTED"
    return "" if owned.active else "CARD_NOT_ACTIVE"


def counter_fresh(card, counter, window):
    """Above the highest, or one of the values just below it that was not used."""
    if counter > card.highest:
        return True
    return 1 <= card.highest - counter <= window and counter > 0 and counter not in card.used


def mark_counter(card, counter):
    card.used.add(counter)
    card.highest = max(card.highest, counter)


def long_term_person(beneficiary, day):
    return any(treatment.in_force.holds(day) for treatment in beneficiary.treatments)


def prescriptions_counted(history, wanted_quarter):
    """Each prescription counts once: where its earliest line subject to limits was dispensed."""
    first = {}
    for approved in history:
        if any(line.limited for line in approved.lines):
            key = approved.prescription
            first[key] = min(first.get(key, approved.service), approved.service)
    return sum(quarter(day) == wanted_quarter for day in first.values())


def prescriptions_left(numbers, beneficiary, history, day):
    limit = numbers["prescriptions_per_quarter"]
    exempt = (numbers["limits_exempt"] == "long_term_beneficiary"
              and long_term_person(beneficiary, day))
    if limit == "none" or exempt:
        return None
    return max(0, limit - prescriptions_counted(history, quarter(day)))


def history_bytes(history):
    total = HISTORY_HEAD_BYTES
    for approved in history:
        key = approved.prescription
        for line in approved.lines:
            total += HISTORY_LINE_BYTES + sum(
                map(len, (key.prescriber, key.number, line.product, line.inn)))
    return total


class ClaimJudge:
    """One claim, judged on the rows of one account at one moment."""

    def __init__(self, rows, claim, verdict, now):
        self.rows = rows
        self.claim = claim
        self.verdict = verdict
        self.third_party = claim.kind == "THIRD_PARTY"
        self.account = rows.account_of(claim.card)
        self.now = now
        self.judged = Judged()

    def judge(self, provider):
        judged = self.judged
        judged.reason = self.whole_claim(provider)
        if judged.reason:
            return judged
        judged.lines = [LineState(line) for line in self.claim.lines]
        for state in judged.lines:
            state.reason = self.line(state)
        if self.third_party:
            self.limits()
        self.history_bound()
        self.finish()
        return judged

    def whole_claim(self, provider):
        claim, judged = self.claim, self.judged
        if self.third_party and self.account is not None:
            if not any(fund == self.account.fund and when.holds(claim.service)
                       for fund, when in provider.agreements):
                return "NO_AGREEMENT"
        if self.account is None:
            return "CARD_UNKNOWN"
        self.rulebook = self.rows.rulebook_of(self.account.fund)
        self.today = self.rulebook.day_of(self.now)
        self.numbers = self.rulebook.on(claim.service)
        card = judged.card = self.account.cards[claim.card]
        barred = card_bar(card, self.today)
        if barred:
            return barred
        if self.third_party:
            proof = self.proofs(card)
            if proof:
                return proof
            judged.marks_counter = True
        judged.rights_until = card.rights_until
        return self.person(card) or self.dates() or self.rights(card)

    def proofs(self, card):
        claim, owned = self.claim, card.fund_owned
        named = claim.fund == self.account.fund and claim.key_version == owned.key_version
        if not named or not self.verdict.card:
            return "CARD_PROOF_INVALID"
        if not self.verdict.professional:
            return "PROFESSIONAL_PROOF_INVALID"
        if not counter_fresh(card, self.verdict.counter, self.numbers["atc_window"]):
            return "CARD_PROOF_REPLAYED"
        return ""

    def person(self, card):
        rank = self.claim.rank
        covered = card.fund_owned.rank in (0, rank)
        if not covered or rank not in self.account.beneficiaries:
            return "BENEFICIARY_NOT_COVERED"
        self.beneficiary = self.account.beneficiaries[rank]
        self.judged.history = self.rows.history(self.account.insured, rank)
        return ""

    def dates(self):
        claim, numbers = self.claim, self.numbers
        ahead = datetime.timedelta(minutes=numbers["service_date_ahead_minutes"])
        if claim.service > self.rulebook.day_of(self.now + ahead) or claim.first_act > claim.service:
            return "SERVICE_DATE_INVALID"
        if self.third_party:
            late = self.today - claim.service > days(numbers["service_date_past_days_max"])
        else:
            late = self.today > add_months(claim.first_act, numbers["refund_months_max"])
        if late:
            return "TIME_BARRED"
        if self.third_party:
            self.judged.prescriptions_left = prescriptions_left(
                numbers, self.beneficiary, self.judged.history, claim.service)
        if claim.prescription.date > claim.service:
            return "PRESCRIPTION_DATE_INVALID"
        if claim.service - claim.prescription.date > days(numbers["prescription_days_max"]):
            return "PRESCRIPTION_EXPIRED"
        return ""

    def rights(self, card):
        claim = self.claim
        if self.third_party and (card.rights_until is None or card.rights_until < claim.service):
            return "CARD_UPDATE_REQUIRED"
        if not any(when.holds(claim.prescription.date) for when in self.beneficiary.rights):
            return "RIGHTS_NOT_OPEN"
        if self.numbers["prescriber_checked"]:
            if self.rows.prescribers.get(claim.prescription.prescriber, True):
                return "PRESCRIBER_NOT_ACCEPTED"
        return ""

    def line(self, state):
        """Checks 13 to 20, and the price of a line that passes."""
        claim, asked = self.claim, state.asked
        rows = self.rows.products(self.rulebook.catalogue, asked.product)
        product = state.product = newest(rows, claim.service)
        if product is None:
            return "PRODUCT_UNKNOWN"
        state.long_term = claim.long_term and any(
            product.inn in treatment.inns and treatment.in_force.holds(claim.service)
            for treatment in self.beneficiary.treatments)
        state.agreed = self.agreement_names(product)
        if not product.reimbursable:
            return "PRODUCT_NOT_COVERED"
        if self.third_party and asked.unit_price > product.public_price:
            return "PRICE_ABOVE_PUBLIC"
        if product.alternatives and not any(map(self.meets, product.alternatives)):
            return "PRODUCT_RESTRICTED"
        if not state.agreed:
            reason = self.amounts(state, product)
            if reason:
                return reason
        return self.dispensed_before(state, product) or self.price(state, product)

    def agreement_names(self, product):
        claim = self.claim
        return any(agreement.rank == claim.rank and agreement.state == "granted"
                   and agreement.in_force.holds(claim.service)
                   and agreement.subject in (product.code, claim.prescription)
                   for agreement in self.account.agreements)

    def meets(self, alternative):
        service = self.claim.service
        age = completed_years(self.beneficiary.birth, service)
        if alternative.age_min is not None and age < alternative.age_min:
            return False
        if alternative.age_max is not None and age > alternative.age_max:
            return False
        return alternative.condition is None or any(
            treatment.condition == alternative.condition and treatment.in_force.holds(service)
            for treatment in self.beneficiary.treatments)

    def amounts(self, state, product):
        """Checks 17 and 18, which an agreement lifts."""
        asked, above = state.asked, product.agreement_above
        if above is not None and (above == 0 or asked.supply_days > above):
            return "PRIOR_AGREEMENT_REQUIRED"
        if product.quantity_max is not None and asked.quantity > product.quantity_max:
            return "QUANTITY_ABOVE_MAXIMUM"
        if product.supply_days_max is not None and asked.supply_days > product.supply_days_max:
            return "SUPPLY_TOO_LONG"
        if state.long_term and asked.supply_days > self.numbers["long_term_supply_days_max"]:
            return "SUPPLY_TOO_LONG"
        return ""

    def dispensed_before(self, state, product):
        """Checks 19 and 20."""
        claim, history = self.claim, self.judged.history
        passed = [other.product.code for other in self.judged.lines
                  if other is not state and other.price > 0]
        same = [line.product for approved in history
                if approved.prescription == claim.prescription
                and (not state.long_term or approved.service == claim.service)
                for line in approved.lines]
        if product.code in passed or product.code in same:
            return "DUPLICATE_DISPENSING"
        supplies = [(approved.service, approved.service + days(line.supply_days))
                    for approved in history for line in approved.lines
                    if line.inn == product.inn and line.supply_days > 0]
        day = claim.service
        while supplied_until(supplies, day) - day > days(
                self.rulebook.on(day)["refill_days_left_max"]):
            day += days(1)
        if day == claim.service:
            return ""
        state.come_back_on = day
        return "REFILL_TOO_SOON"

    def price(self, state, product):
        asked, numbers = state.asked, self.numbers
        unit = asked.unit_price
        if not self.third_party:
            unit = min(unit, product.public_price)
        state.price = asked.quantity * asked.unit_price
        tarif = newest(self.rows.tarifs(self.rulebook.catalogue, product.inn),
                       self.claim.service)
        base = asked.quantity * (unit if tarif is None else min(unit, tarif.amount))
        rates = [product.rate]
        if state.long_term:
            rates.append(numbers["long_term_rate_basis_points"])
        if self.beneficiary.exempt:
            rates.append(numbers["exempt_rate_basis_points"])
        state.insurer = (base * max(rates) + 5000) // 10000
        exempt = {"none": False, "long_term_lines": state.long_term,
                  "long_term_beneficiary": long_term_person(self.beneficiary, self.claim.service)}
        state.limited = (self.third_party and not state.agreed
                         and not exempt[numbers["limits_exempt"]])
        return ""

    def limits(self):
        """Checks 21 and 22."""
        claim, numbers, history = self.claim, self.numbers, self.judged.history
        subject = [state for state in self.judged.lines if not state.reason and state.limited]
        if not subject:
            return
        earlier = [line for approved in history if approved.prescription == claim.prescription
                   for line in approved.lines if line.limited]
        count, ceiling = numbers["prescriptions_per_quarter"], numbers["prescription_ceiling_centimes"]
        reason = ""
        if (count != "none" and not earlier
                and prescriptions_counted(history, quarter(claim.service)) >= count):
            reason = "PRESCRIPTION_COUNT_EXCEEDED"
        elif ceiling != "none" and sum(line.price for line in subject + earlier) > ceiling:
            reason = "PRESCRIPTION_CEILING_EXCEEDED"
        for state in subject:
            state.reason = reason

    def record(self):
        return Approved(self.claim.prescription, self.claim.service, [
            Dispensed(state.product.code, state.product.inn, state.asked.supply_days, state.price,
                      state.limited)
            for state in self.judged.lines if not state.reason])

    def history_bound(self):
        """Check 23."""
        if history_bytes(self.judged.history + [self.record()]) > HISTORY_BYTES_MAX:
            for state in self.judged.lines:
                state.reason = state.reason or "HISTORY_FULL"

    def finish(self):
        judged, record = self.judged, self.record()
        if not record.lines:
            judged.reason = "NO_PAYABLE_LINE"
            return
        judged.record = record
        if self.third_party:
            judged.prescriptions_left = prescriptions_left(
                self.numbers, self.beneficiary, judged.history + [record], self.claim.service)


def supplied_until(supplies, day):
    return max((end for begin, end in supplies if begin <= day), default=day)
