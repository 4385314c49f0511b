"""What the oracle of the rules knows: rulebooks, catalogue, accounts, claims. Plain data, no rules
but how dates and intervals are counted. Days are datetime.date, money is whole centimes."""

import bisect
import calendar
import datetime
import tomllib
from dataclasses import dataclass, field

FIRST_DAY = datetime.date(1900, 1, 1)
LAST_DAY = datetime.date(2199, 12, 31)


def days(count):
    return datetime.timedelta(days=count)


def add_months(day, months):
    """The same day of the month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1,
                         min(day.day, calendar.monthrange(year, month + 1)[1]))


def quarter(day):
    return day.year, (day.month - 1) // 3


def completed_years(birth, day):
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@dataclass(frozen=True)
class Interval:
    """Both ends belong to it."""
    first: datetime.date = FIRST_DAY
    last: datetime.date = LAST_DAY

    def holds(self, day):
        return self.first <= day <= self.last


class Rulebook:
    """A file of config/rulebooks: a later period states only what changes."""

    def __init__(self, text):
        document = tomllib.loads(text)
        self.scheme = document["scheme"]
        self.catalogue = document["catalogue"]
        self.offset = datetime.timedelta(minutes=document["utc_offset_minutes"])
        self._starts, self._periods, numbers = [], [], {}
        for period in document["period"]:
            numbers = numbers | period
            self._starts.append(period["from"])
            self._periods.append(numbers)

    def on(self, day):
        return self._periods[bisect.bisect_right(self._starts, day) - 1]

    def day_of(self, now):
        return (now + self.offset).date()


@dataclass(frozen=True)
class Alternative:
    age_min: int | None = None
    age_max: int | None = None
    condition: str | None = None


@dataclass(frozen=True)
class Product:
    catalogue: str
    code: str
    inn: str
    public_price: int
    rate: int = 8000
    in_force: Interval = Interval()
    reimbursable: bool = True
    quantity_max: int | None = None
    supply_days_max: int | None = None
    agreement_above: int | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True)
class Tarif:
    catalogue: str
    inn: str
    amount: int
    in_force: Interval = Interval()


@dataclass(frozen=True)
class PrescriptionKey:
    prescriber: str
    number: str
    date: datetime.date


@dataclass(frozen=True)
class Treatment:
    condition: str
    in_force: Interval
    inns: tuple[str, ...]


@dataclass(frozen=True)
class Beneficiary:
    rank: int
    birth: datetime.date
    exempt: bool = False
    rights: tuple[Interval, ...] = (Interval(),)
    treatments: tuple[Treatment, ...] = ()


@dataclass
class Agreement:
    """Of the fund (a number with the highest bit) or asked for through the switch."""
    id: int
    rank: int
    state: str
    in_force: Interval
    subject: PrescriptionKey | str


@dataclass(frozen=True)
class FundCard:
    """A card as its fund knows it. Rank 0 is a family's."""
    number: str
    rank: int = 0
    key_version: int = 1
    active: bool = True
    bar: str = ""
    bar_until: datetime.date = LAST_DAY


@dataclass
class Card:
    """A card as the switch knows it: the counters already used are all kept."""
    fund_owned: FundCard
    rights_until: datetime.date | None = None
    reported: str = ""
    reported_until: datetime.date = LAST_DAY
    highest: int = 0
    used: set[int] = field(default_factory=set)


@dataclass
class Account:
    insured: str
    fund: str
    version: int
    cards: dict[str, Card]
    beneficiaries: dict[int, Beneficiary]
    agreements: list[Agreement]


@dataclass(frozen=True)
class Provider:
    id: str
    agreements: tuple[tuple[str, Interval], ...]
    suspended: bool = False


@dataclass(frozen=True)
class ClaimLine:
    product: str
    quantity: int
    unit_price: int
    supply_days: int


@dataclass(frozen=True)
class Claim:
    kind: str
    provider: str
    card: str
    fund: str
    key_version: int
    rank: int
    service: datetime.date
    first_act: datetime.date
    prescription: PrescriptionKey
    long_term: bool
    lines: tuple[ClaimLine, ...]
    terminal: str = "T1"


@dataclass(frozen=True)
class Verdict:
    """Whether each proof is that of the key which the request itself names, and the card's count."""
    card: bool
    professional: bool
    counter: int


@dataclass(frozen=True)
class Dispensed:
    """An approved line. `limited`: it was subject to limits when it was decided."""
    product: str
    inn: str
    supply_days: int
    price: int
    limited: bool


@dataclass
class Approved:
    """An approved claim, in the beneficiary's history until it is reversed."""
    prescription: PrescriptionKey
    service: datetime.date
    lines: list[Dispensed]
