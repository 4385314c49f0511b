"""The oracle's state: reference data, accounts with their cards and histories, and what stands under
each request id."""

from dataclasses import dataclass

# docs/data_format.md, Account: bytes of the parts without their codes.
ACCOUNT_BYTES_MAX = 4096


@dataclass
class Remembered:
    """What stands under a request id. A tombstone has no body, and its content is None."""
    content: object
    body: dict | None
    state: str
    release: object = None


class Rows:
    def __init__(self, funds, rulebooks):
        self.funds = funds
        self._rulebooks = {rulebook.scheme: rulebook for rulebook in rulebooks}
        self._products, self._tarifs = {}, {}
        self._histories, self._insured_of = {}, {}
        self._versions = {}
        self.prescribers, self.providers, self.accounts, self.requests = {}, {}, {}, {}

    def newer(self, key, version):
        """Whether a catalogue row's version is above the stored one, which it then becomes."""
        if version <= self._versions.get(key, 0):
            return False
        self._versions[key] = version
        return True

    def add_product(self, product):
        rows = self._products.setdefault((product.catalogue, product.code), {})
        rows[product.in_force.first] = product


    def add_tarif(self, tarif):
        rows = self._tarifs.setdefault((tarif.catalogue, tarif.inn), {})
        rows[tarif.in_force.first] = tarif

    def add_rulebook(self, rulebook):
        self._rulebooks[rulebook.scheme] = rulebook

    def add_account(self, account):
        self.accounts[account.insured] = account
        for number in account.cards:
            self._insured_of[number] = account.insured

    def account_of(self, card):
        return self.accounts.get(self._insured_of.get(card))

    def rulebook_of(self, fund):
        return self._rulebooks[self.funds[fund]]

    def products(self, catalogue, code):
        return self._products.get((catalogue, code), {}).values()

    def tarifs(self, catalogue, inn):
        return self._tarifs.get((catalogue, inn), {}).values()

    def history(self, insured, rank):
        return self._histories.setdefault((insured, rank), [])


def account_bytes(account):
    total = 1 + 1 + len(account.insured) + 1 + len(account.fund) + 3 + 1 + 8 + 8
    for number in account.cards:
        total += 1 + len(number) + 1 + 1 + 2 + 1 + 1 + 4 + 1 + 4 + 4 + 8 + 4
    for beneficiary in account.beneficiaries.values():
        total += 1 + 4 + 1 + 1 + 8 * len(beneficiary.rights) + 1
        for treatment in beneficiary.treatments:
            total += 1 + len(treatment.condition) + 8 + 1 + sum(1 + len(i) for i in treatment.inns)
    for agreement in account.agreements:
        total += 8 + 1 + 1 + 8 + 1
        if isinstance(agreement.subject, str):
            total += 1 + len(agreement.subject)
        else:
            total += 1 + len(agreement.subject.prescriber) + 1 + len(agreement.subject.number) + 4
    return total
