"""A network made to have a boundary everywhere: products, tarifs, restrictions, rights, treatments,
agreements and cards whose intervals begin and end around one day, for the oracle and as CSV files
(docs/import_format.md) for the switch. Deterministic for a random generator and a day."""

import pathlib

from oracle_cards import FUND_AGREEMENT, AccountFed, account_from
from oracle_model import (FIRST_DAY, LAST_DAY, Agreement, Alternative, Beneficiary, FundCard, Interval,
                          PrescriptionKey, Product, Provider, Rulebook, Tarif, Treatment, add_months,
                          days)
from oracle_rows import Rows

SOURCE = pathlib.Path(__file__).resolve().parents[2]
FUNDS = {"CNAS": "DZ-CNAS", "CASNOS": "DZ-CASNOS", "AMO": "MA-AMO", "TST": "T-DATED"}
CATALOGUE_OF = {"CNAS": "DZ", "CASNOS": "DZ", "AMO": "MA", "TST": "DZ"}
CONDITIONS = ("ALD1", "ALD2", "ALD3")
INNS = 20
# In each catalogue: never declined, each of an INN of its own, for tests of what is not the product.
PLAIN_PRODUCTS, PLAIN_PRICE_MAX = 45, 100_000_000
CENTRE, DESK = "16-01", "3010"
# Agreements with every fund; at the edge of its agreements; without one; suspended; suspended later.
PROVIDERS = ("16-000001", "16-000002", "16-000003", "16-000004", "16-000005")
PLAIN, EDGED, WITHOUT, SUSPENDED, LATER = PROVIDERS
PRESCRIBERS = {"M1": False, "M2": False, "M3": True}
STARTS = (-2000, -400, -91, -90, -61, -30, -10, -1, 0, 1)
ENDS = (-60, -30, -10, -1, 0, 1, 30, 90, 200)

# A scheme of the test: every number differs between its periods, and from the other schemes'.
DATED = """
format = 1
scheme = "T-DATED"
catalogue = "DZ"
currency = "DZD"
utc_offset_minutes = -840
[[period]]
from = 1900-01-01
service_date_ahead_minutes = 1440
service_date_past_days_max = 120
refund_months_max = 4
prescription_days_max = 45
prescriber_checked = true
long_term_supply_days_max = 60
refill_days_left_max = 3
limits_exempt = "long_term_lines"
prescriptions_per_quarter = {count}
prescription_ceiling_centimes = 100_000
long_term_rate_basis_points = 9_500
exempt_rate_basis_points = 9_000
atc_window = 8
card_update_months = 3
[[period]]
from = {first}
limits_exempt = "none"
prescriptions_per_quarter = 1
prescription_ceiling_centimes = "none"
prescriber_checked = false
refill_days_left_max = 0
long_term_rate_basis_points = 3_333
[[period]]
from = {second}
service_date_past_days_max = 40
prescriptions_per_quarter = "none"
prescription_ceiling_centimes = 50_000
limits_exempt = "long_term_lines"
atc_window = 0
long_term_supply_days_max = 20
"""


def dated(today, count, first, second):
    return DATED.format(count=count, first=today - days(first), second=today - days(second))


def rulebooks(today):
    """File name to text."""
    texts = {path.name: path.read_text(encoding="utf-8")
             for path in sorted((SOURCE / "config/rulebooks").glob("*.toml"))}
    return texts | {"t-dated.toml": dated(today, 3, 50, 20)}


def plain(catalogue, number):
    return f"PLAIN-{catalogue}-{number:02}"


def money(cents):
    return f"{cents // 100}.{cents % 100:02}"


def yes(value):
    return "yes" if value else "no"


def blank(value):
    return "" if value is None else value


def ends(interval):
    first, last = interval.first, interval.last
    return ["" if first == FIRST_DAY else first, "" if last == LAST_DAY else last]


class RulesNetwork:
    """`rows`: for the oracle. `write`: the files. `households`: account number to AccountFed."""

    def __init__(self, rng, today, households):
        self.rng, self.today = rng, today
        self.texts = rulebooks(today)
        self.rows = Rows(FUNDS, [Rulebook(text) for text in self.texts.values()])
        self.rows.prescribers.update(PRESCRIBERS)
        self.products, self.tarifs, self.households, self.rights_until = [], [], [], {}
        for catalogue in ("DZ", "MA"):
            for number in range(1, INNS + 1):
                self._add_inn(catalogue, f"{catalogue}{number:02}")
            for number in range(PLAIN_PRODUCTS):
                self.add_product(Product(catalogue, plain(catalogue, number), f"I-{catalogue}-{number:02}",
                                         PLAIN_PRICE_MAX))
        for provider in self._providers():
            self.rows.providers[provider.id] = provider
        for number in range(households):
            self._add_household(number)

    def interval(self):
        """Mostly open; else with ends around today."""
        rng = self.rng
        if rng.random() < 0.75:
            return Interval(self.today - days(3000))
        first = self.today + days(rng.choice(STARTS))
        return Interval(first, max(first, self.today + days(rng.choice(ENDS))))

    def _providers(self):
        everywhere = tuple((fund, Interval()) for fund in FUNDS)
        edges = (("CNAS", Interval(self.today - days(20), self.today - days(10))),
                 ("CNAS", Interval(self.today - days(5))),
                 ("TST", Interval(FIRST_DAY, self.today - days(1))))
        return [Provider(PLAIN, everywhere), Provider(EDGED, edges), Provider(WITHOUT, ()),
                Provider(SUSPENDED, everywhere, suspended=True), Provider(LATER, everywhere)]

    def _add_inn(self, catalogue, inn):
        rng = self.rng
        for brand in "ABC"[:rng.randint(1, 3)]:
            product = self.product(catalogue, f"P{inn}{brand}", inn)
            self.add_product(product)
            if rng.random() < 0.25:
                self.add_product(self.product(catalogue, product.code, inn, Interval(
                    max(product.in_force.first + days(1), self.today + days(rng.choice(STARTS))))))
        for _ in range(rng.choice((0, 0, 1, 1, 2))):
            tarif = Tarif(catalogue, inn, rng.choice((50, 999, 10_000, 90_000, 300_001)),
                          self.interval())
            if tarif.in_force.first not in [row.in_force.first
                                            for row in self.rows.tarifs(catalogue, inn)]:
                self.tarifs.append(tarif)
                self.rows.add_tarif(tarif)

    def product(self, catalogue, code, inn, in_force=None):
        rng = self.rng

        def sometimes(chance, values):
            return rng.choice(values) if rng.random() < chance else None

        return Product(
            catalogue, code, inn, rng.choice((63, 101, 999, 12_345, 120_000, 450_000, 10_000_000)),
            rate=rng.choice((8000, 8000, 8000, 10_000, 0, 1250, 3333, 5000, 7000)),
            in_force=in_force or self.interval(), reimbursable=rng.random() > 0.06,
            quantity_max=sometimes(0.3, (1, 2, 5)),
            supply_days_max=sometimes(0.3, (0, 7, 30, 60, 90, 120)),
            agreement_above=sometimes(0.2, (0, 7, 30, 90)),
            alternatives=tuple(self._alternative() for _ in range(sometimes(0.25, (1, 2)) or 0)))

    def _alternative(self):
        rng = self.rng
        return rng.choice((Alternative(age_min=rng.choice((18, 65))), Alternative(age_max=17),
                           Alternative(18, 64, rng.choice(CONDITIONS)),
                           Alternative(condition=rng.choice(CONDITIONS))))

    def add_product(self, product):
        self.products.append(product)
        self.rows.add_product(product)

    def _add_household(self, number):
        rng = self.rng
        fund = rng.choice(("CNAS", "CNAS", "CNAS", "CASNOS", "AMO", "TST", "TST"))
        people = tuple(self.person(rank, fund) for rank in range(1, rng.randint(2, 4)))
        fed = AccountFed(f"{number:09}", fund, 1, tuple(self.cards(number, people)), people,
                         tuple(self._agreements(people, fund)))
        self.households.append(fed)
        account = account_from(fed)
        for card in account.cards.values():
            until = rng.choice((None, -1, 0, 1, 365)) if rng.random() < 0.15 else 365
            card.rights_until = None if until is None else self.today + days(until)
            self.rights_until[card.fund_owned.number] = card.rights_until
        self.rows.add_account(account)

    def person(self, rank, fund):
        rng, today = self.rng, self.today
        age = rng.choice((0, 17, 18, 40, 64, 65, 80))
        birth = add_months(today, -12 * age) + days(rng.choice((-200, -8, -1, 0, 1, 2)))
        if rng.random() < 0.1:
            birth = rng.choice((today.replace(year=1960, month=2, day=29), today - days(3)))
        birth = min(birth, today)
        rights = [Interval(today - days(3000))]
        if rng.random() < 0.35:
            first = today + days(rng.choice(STARTS))
            rights = [Interval(first, max(first, today + days(rng.choice(ENDS))))]
            if rng.random() < 0.5:
                rights.insert(0, Interval(today - days(300), today - days(rng.choice((45, 95, 100)))))
        treatments = tuple(self.treatment(condition, fund)
                           for condition in rng.sample(CONDITIONS, rng.choice((0, 0, 1, 2))))
        return Beneficiary(rank, birth, rng.random() < 0.2, tuple(rights), treatments)

    def treatment(self, condition, fund):
        rng = self.rng
        catalogue = CATALOGUE_OF[fund]
        inns = rng.sample([f"{catalogue}{number:02}" for number in range(1, INNS + 1)], 6)
        return Treatment(condition, self.interval(), tuple(inns))

    def cards(self, number, people):
        """A family's card, one person's, and often one that something is wrong with."""
        rng, today = self.rng, self.today
        yield FundCard(f"77{number:06}0")
        yield FundCard(f"77{number:06}1", rank=people[-1].rank, key_version=rng.choice((1, 2, 65535)))
        if rng.random() < 0.5:
            bar = rng.choice(("", "lost", "stolen", "replaced", "blacklisted", "blacklisted"))
            until = rng.choice((-1, 0, 1, None)) if bar == "blacklisted" else None
            yield FundCard(f"77{number:06}2", active=bool(bar) and rng.random() < 0.8, bar=bar,
                           bar_until=LAST_DAY if until is None else today + days(until))

    def _agreements(self, people, fund):
        rng = self.rng
        for number in range(1, rng.choice((1, 1, 2, 4))):
            code = rng.choice([product.code for product in self.products
                               if product.catalogue == CATALOGUE_OF[fund]])
            prescription = PrescriptionKey("M1", f"A{number}", self.today - days(rng.choice((0, 5, 40))))
            yield Agreement(FUND_AGREEMENT + number, rng.choice(people).rank,
                            rng.choice(("granted", "granted", "granted", "pending", "refused")),
                            self.interval(), rng.choice((code, prescription)))

    # The files.

    def write(self, directory):
        directory = pathlib.Path(directory)
        (directory / "rulebooks").mkdir(parents=True)
        for name, text in self.texts.items():
            (directory / "rulebooks" / name).write_text(text, encoding="utf-8")
        for name, (header, rows) in (self._reference() | self._accounts()).items():
            lines = [header, *(",".join(str(value) for value in row) for row in rows)]
            (directory / f"{name}.csv").write_text("".join(f"{line}\n" for line in lines),
                                                   encoding="utf-8")

    def _reference(self):
        inns = sorted({it.inn for it in self.products})
        return {
            "funds": ("fund,scheme,name,source_version",
                      [[fund, scheme, fund, 1] for fund, scheme in FUNDS.items()]),
            "participants": ("role,id,name,suspended,source_version",
                             [["fund", fund, fund, "no", 1] for fund in FUNDS]
                             + [["authority", "DZ", "DZ", "no", 1], ["desk", DESK, "Desk", "no", 1]]),
            "wilayas": ("wilaya,name_fr,name_ar", [["16", "Alger", "Alger"]]),
            "centres": ("centre,wilaya,name,suspended,source_version",
                        [[CENTRE, "16", "Centre", "no", 1]]),
            "providers": ("provider,wilaya,centre,name,suspended,signing_key,payout_account,"
                          "source_version",
                          [[it.id, "16", CENTRE, "Pharmacie", yes(it.suspended), "", "", 1]
                           for it in self.rows.providers.values()]),
            "provider_agreements": ("provider,fund,from,until",
                                    [[it.id, fund, *ends(when)] for it in self.rows.providers.values()
                                     for fund, when in it.agreements]),
            "prescribers": ("prescriber,name,suspended,source_version",
                            [[id, "Dr", yes(suspended), 1] for id, suspended in PRESCRIBERS.items()]),
            "conditions": ("condition,name_fr,name_ar", [[it, it, it] for it in CONDITIONS]),
            "inns": ("inn,name,presentation", [[inn, inn, "cp"] for inn in inns]),
            "products": ("catalogue,product,from,until,inn,name,reimbursable,public_price,"
                         "rate_percent,quantity_max,supply_days_max,prior_agreement_above_days,"
                         "source_version",
                         [[it.catalogue, it.code, *ends(it.in_force), it.inn, it.code,
                           yes(it.reimbursable), money(it.public_price), money(it.rate),
                           blank(it.quantity_max), blank(it.supply_days_max),
                           blank(it.agreement_above), 1] for it in self.products]),
            "restrictions": ("catalogue,product,from,age_min,age_max,condition",
                             [[it.catalogue, it.code, ends(it.in_force)[0], blank(way.age_min),
                               blank(way.age_max), blank(way.condition)]
                              for it in self.products for way in dict.fromkeys(it.alternatives)]),
            "tarifs": ("catalogue,inn,from,until,amount,source_version",
                       [[it.catalogue, it.inn, *ends(it.in_force), money(it.amount), 1]
                        for it in self.tarifs]),
        }

    def _accounts(self):
        people = [(fed.insured, person) for fed in self.households for person in fed.beneficiaries]
        return {
            "accounts": ("insured,fund,payout_account,source_version",
                         [[fed.insured, fed.fund, "", fed.version] for fed in self.households]),
            "cards": ("insured,card,kind,rank,key_version,active,bar,bar_until,rights_until",
                      [[fed.insured, card.number, "individual" if card.rank else "family", card.rank,
                        card.key_version, yes(card.active), card.bar,
                        "" if card.bar_until == LAST_DAY else card.bar_until,
                        blank(self.rights_until[card.number])]
                       for fed in self.households for card in fed.cards]),
            "beneficiaries": ("insured,rank,birth,exempt",
                              [[insured, it.rank, it.birth, yes(it.exempt)] for insured, it in people]),
            "rights": ("insured,rank,from,until", [[insured, it.rank, *ends(when)]
                                                   for insured, it in people for when in it.rights]),
            "treatments": ("insured,rank,condition,from,until,inns",
                           [[insured, it.rank, way.condition, *ends(way.in_force), " ".join(way.inns)]
                            for insured, it in people for way in it.treatments]),
            "agreements": ("insured,agreement,rank,state,from,until,product,prescriber,prescription,"
                           "prescription_date",
                           [[fed.insured, it.id - FUND_AGREEMENT, it.rank, it.state,
                             *ends(it.in_force), *subject(it.subject)]
                            for fed in self.households for it in fed.agreements]),
        }


def subject(it):
    if isinstance(it, str):
        return [it, "", "", ""]
    return ["", it.prescriber, it.number, it.date]
