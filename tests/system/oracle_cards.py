"""What is asked beside claims: rights, updates and reports of cards, prior agreements, feeds."""

from dataclasses import dataclass, replace

from oracle_claim import card_bar, counter_fresh, long_term_person, mark_counter, prescriptions_left
from oracle_model import (LAST_DAY, Account, Agreement, Beneficiary, Card, FundCard, Interval,
                          Rulebook, add_months)
from oracle_rows import ACCOUNT_BYTES_MAX, account_bytes

REPORTS = {"OPPOSE_LOST": "lost", "OPPOSE_STOLEN": "stolen", "BLACKLIST": "blacklisted",
           "REPLACE": "replaced"}
STRENGTH = {"": 0, "blacklisted": 1, "lost": 2, "stolen": 2, "replaced": 3}
FUND_AGREEMENT = 1 << 63


@dataclass(frozen=True)
class CardQuestion:
    """Of GetRights and UpdateCard. `provider` is empty at a centre or desk."""
    provider: str
    card: str
    fund: str
    key_version: int
    purpose: str
    terminal: str = "T1"


@dataclass(frozen=True)
class Report:
    card: str
    action: str
    until: object = LAST_DAY
    replacement: str = ""


@dataclass(frozen=True)
class AgreementWanted:
    card: str
    rank: int
    wanted: Interval
    subject: object


@dataclass(frozen=True)
class AgreementDecided:
    insured: str
    agreement: int
    granted: bool
    in_force: Interval | None


@dataclass(frozen=True)
class AccountFed:
    insured: str
    fund: str
    version: int
    cards: tuple[FundCard, ...]
    beneficiaries: tuple[Beneficiary, ...]
    agreements: tuple[object, ...] = ()


@dataclass(frozen=True)
class CardFed:
    insured: str
    card: FundCard
    version: int


@dataclass(frozen=True)
class ProviderFed:
    provider: object
    version: int


@dataclass(frozen=True)
class RowFed:
    """A product, a tarif, or the text of a rulebook."""
    row: object
    version: int


def account_from(fed):
    return Account(fed.insured, fed.fund, fed.version,
                   {card.number: Card(card) for card in fed.cards},
                   {person.rank: person for person in fed.beneficiaries},
                   list(fed.agreements))


def strength(bar, until, utc_day):
    """A blacklisting that has ended is none."""
    return 0 if bar == "blacklisted" and until < utc_day else STRENGTH[bar]


class CardDeeds:
    """Mixed into Oracle, which has `rows` and `with_remedy`. Each deed returns the answer's body."""

    def _card(self, number):
        account = self.rows.account_of(number)
        if account is None:
            return None, None, None
        return account, account.cards[number], self.rows.rulebook_of(account.fund)

    def _presented(self, sender, question, now, verdict):
        """Checks 5 and 6, as far as the sender's role has them; a proof marks the counter."""
        account, card, rulebook = self._card(question.card)
        if account is None:
            return "CARD_UNKNOWN"
        today = rulebook.day_of(now)
        barred = card_bar(card, today)
        if barred or sender[0] != "provider":
            return barred
        named = (question.fund == account.fund
                 and question.key_version == card.fund_owned.key_version)
        if not named or not verdict.card:
            return "CARD_PROOF_INVALID"
        if not counter_fresh(card, verdict.counter, rulebook.on(today)["atc_window"]):
            return "CARD_PROOF_REPLAYED"
        mark_counter(card, verdict.counter)
        return ""

    def rights(self, sender, question, now, verdict):
        account, card, rulebook = self._card(question.card)
        if sender[0] == "provider":
            reason = self._presented(sender, question, now, verdict)
        else:
            reason = "" if account else "CARD_UNKNOWN"
        if reason:
            return {"rights": {**self.with_remedy(reason), "rights_until": "", "beneficiaries": []}}
        today = rulebook.day_of(now)
        covered = [person for rank, person in sorted(account.beneficiaries.items())
                   if card.fund_owned.rank in (0, rank)]
        return {"rights": {
            **self.with_remedy(""),
            "rights_until": "" if card.rights_until is None else card.rights_until.isoformat(),
            "beneficiaries": [self._rights_of(account, person, rulebook, today)
                              for person in covered]}}

    def _rights_of(self, account, person, rulebook, today):
        ends = [when.last for when in person.rights if when.holds(today)]
        return {"rank": person.rank, "birth_date": person.birth.isoformat(), "open": bool(ends),
                "until": max(ends).isoformat() if ends else "",
                "long_term": long_term_person(person, today),
                "prescriptions_left": prescriptions_left(
                    rulebook.on(today), person, self.rows.history(account.insured, person.rank),
                    today)}

    def update(self, sender, question, now, verdict):
        reason = self._presented(sender, question, now, verdict)
        account, card, rulebook = self._card(question.card)
        until = ""
        if not reason:
            today = rulebook.day_of(now)
            last = max((when.last for person in account.beneficiaries.values()
                        for when in person.rights), default=None)
            if last is None or last < today:
                reason = "RIGHTS_ENDED"
            else:
                months = rulebook.on(today)["card_update_months"]
                card.rights_until = min(add_months(today, months), last)
                until = card.rights_until.isoformat()
        return {"card": {**self.with_remedy(reason), "rights_until": until}}

    def report(self, sender, report, now, verdict):
        return {"card": {**self.with_remedy(self._report(sender, report, now)), "rights_until": ""}}

    def _report(self, sender, report, now):
        account, card, _ = self._card(report.card)
        if account is None:
            return "CARD_UNKNOWN"
        if sender[0] == "fund" and sender[1] != account.fund:
            return "NOT_OWNER"
        if report.action == "LIFT":
            if card.reported in ("", "replaced"):
                return "NOTHING_TO_LIFT"
            card.reported, card.reported_until = "", LAST_DAY
            return ""
        if report.action == "REPLACE" and report.replacement not in account.cards:
            return "REPLACEMENT_UNKNOWN"
        kind = REPORTS[report.action]
        standing = strength(card.reported, card.reported_until, now.date())
        if strength(kind, report.until, now.date()) >= standing:
            card.reported, card.reported_until = kind, report.until
        return ""

    def ask_agreement(self, sender, wanted, now, verdict):
        account, card, rulebook = self._card(wanted.card)
        if account is None:
            return self._agreement("CARD_UNKNOWN")
        barred = card_bar(card, rulebook.day_of(now))
        if barred:
            return self._agreement(barred)
        if wanted.rank not in account.beneficiaries or card.fund_owned.rank not in (0, wanted.rank):
            return self._agreement("BENEFICIARY_NOT_COVERED")
        asked = Agreement(0, wanted.rank, "pending", wanted.wanted, wanted.subject)
        account.agreements.append(asked)
        if account_bytes(account) > ACCOUNT_BYTES_MAX:
            account.agreements.remove(asked)
            return self._agreement("ACCOUNT_FULL")
        return self._agreement("", asked)

    def decide_agreement(self, sender, decided, now, verdict):
        account = self.rows.accounts.get(decided.insured)
        if account is None:
            return self._agreement("ACCOUNT_UNKNOWN")
        if account.fund != sender[1]:
            return self._agreement("NOT_OWNER")
        for agreement in account.agreements:
            if agreement.id == decided.agreement and agreement.state == "pending":
                agreement.state = "granted" if decided.granted else "refused"
                agreement.in_force = decided.in_force or agreement.in_force
                return self._agreement("", agreement)
        return self._agreement("AGREEMENT_UNKNOWN")

    def _agreement(self, reason, agreement=None):
        """`agreement` is the row itself, whose id the switch chooses: the caller fills it in."""
        return {"agreement": {**self.with_remedy(reason), "agreement": agreement}}

    def _fed(self, reason):
        return {"feed": self.with_remedy(reason)}

    def put_account(self, sender, fed, now, verdict):
        return self._fed(self._put_account(sender, fed))

    def _put_account(self, sender, fed):
        old = self.rows.accounts.get(fed.insured)
        others = [self.rows.account_of(card.number) for card in fed.cards]
        if fed.fund != sender[1] or (old and old.fund != sender[1]) or any(
                other and other.insured != fed.insured for other in others):
            return "NOT_OWNER"
        if old and fed.version <= old.version:
            return "NOT_NEWER"
        new = account_from(fed)
        if old:
            for number, card in old.cards.items():
                if number in new.cards:
                    card = replace(card, fund_owned=new.cards[number].fund_owned)
                else:
                    card = replace(card, fund_owned=replace(card.fund_owned, active=False))
                new.cards[number] = card
            new.agreements += [kept for kept in old.agreements if kept.id < FUND_AGREEMENT]
        if account_bytes(new) > ACCOUNT_BYTES_MAX:
            return "ACCOUNT_FULL"
        self.rows.add_account(new)
        return ""

    def put_card(self, sender, fed, now, verdict):
        return self._fed(self._put_card(sender, fed))

    def _put_card(self, sender, fed):
        account = self.rows.accounts.get(fed.insured)
        if account is None:
            return "ACCOUNT_UNKNOWN"
        other = self.rows.account_of(fed.card.number)
        if account.fund != sender[1] or (other and other is not account):
            return "NOT_OWNER"
        if fed.version <= account.version:
            return "NOT_NEWER"
        account.version = fed.version
        card = account.cards.setdefault(fed.card.number, Card(fed.card))
        card.fund_owned = fed.card
        self.rows.add_account(account)
        return ""

    def put_provider(self, sender, fed, now, verdict):
        fund, old = sender[1], self.rows.providers[fed.provider.id]
        if any(other != fund for other, _ in fed.provider.agreements):
            return self._fed("NOT_OWNER")
        kept = tuple(it for it in old.agreements if it[0] != fund)
        self.rows.providers[old.id] = replace(fed.provider, agreements=kept + fed.provider.agreements)
        return self._fed("")

    def put_product(self, sender, fed, now, verdict):
        return self._put_row(fed, fed.row.code, self.rows.add_product)

    def put_tarif(self, sender, fed, now, verdict):
        return self._put_row(fed, fed.row.inn, self.rows.add_tarif)

    def _put_row(self, fed, code, add):
        """The stories feed rows of their own only: none of them was imported."""
        key = (type(fed.row), fed.row.catalogue, code, fed.row.in_force.first)
        if not self.rows.newer(key, fed.version):
            return self._fed("NOT_NEWER")
        add(fed.row)
        return self._fed("")

    def put_rulebook(self, sender, fed, now, verdict):
        self.rows.add_rulebook(Rulebook(fed.row))
        return self._fed("")
