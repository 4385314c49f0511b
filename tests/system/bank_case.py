"""A network whose fund pays: runs of accepted claims and refunds, proposed, approved and exported by two
people of the fund, for tests of what becomes of them.
"""

import json
import pathlib
import tempfile

import plain_network as plain
from bank_file import read_order
from client import body, pb, request_id
from counter_case import CounterCase
from network_case import P
from plain_network import insured
from plain_requests import status
from switch import today

FIRST, SECOND = f"{plain.FUND}:007", f"{plain.FUND}:008"
PHARMACYS = "00799999002345678941"
PERSONS = "00200000000000000097"
OTHER = "00799999000000000109"
FUNDS = "00100000000000000097"
PHARMACY = pb.Payee(provider=pb.ParticipantName(role=pb.PROVIDER, id=P))
FUND = pb.Payee(provider=pb.ParticipantName(role=pb.FUND, id=plain.FUND))


class BankCase(CounterCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.set_account(FUND, FUNDS)
        self.set_account(PHARMACY, PHARMACYS)

    # Typed by the fund's people.

    def settle(self, *arguments, of=FIRST, **how):
        return self.network.wasl(*self.arguments("operator:fund", of, "settle", *arguments), **how)

    def json_of(self, *arguments, **how):
        return json.loads(self.settle(*arguments, "--json", **how).stdout)

    def balances(self):
        """Credit less debit of each account, in centimes."""
        with self.network.connect("operator:fund", FIRST) as connection:
            page = connection.ask(pb.ListBalances())
        return {each.account: each.credit_cents - each.debit_cents for each in page.balances}

    def moved(self, before):
        """What changed since, without the accounts of approval and acceptance."""
        after = self.balances()
        return {account: after[account] - before.get(account, 0) for account in after
                if after[account] != before.get(account, 0)}

    # What must have happened before.

    def set_account(self, payee, account):
        for operator in (FIRST, SECOND):
            with self.network.connect("operator:fund", operator) as connection:
                answer = body(connection.ask(pb.SetPayoutAccount(
                    request_id=request_id(), payee=payee, payout_account=account)))
                self.assertEqual(answer.reason, pb.REASON_NONE)

    def approved_run(self, people=0, pharmacy=True):
        """A run of one accepted claim and so many refunds: its id. Their requests are kept."""
        self.claims, self.refunds, self.people = [], [], []
        if pharmacy:
            self.number, sales = self.presented(1)
            self.counter("accept", *self.named(self.number), "--all")
            self.claims = [request for _, request in sales]
        for _ in range(people):
            self.household = next(self.households)
            request = self.refund()
            self.assertEqual(body(self.centre.ask(request)).outcome, pb.ClaimAnswer.APPROVED)
            self.people.append(self.household)
            self.refunds.append(request)
        for household in self.people:
            self.set_account(pb.Payee(insured_number=insured(household)), PERSONS)
        return self.propose_and_approve()

    def propose_and_approve(self):
        run = str(self.json_of("propose", "--value-date", today(2))["run"])
        self.settle("approve", "--run", run, "--yes", of=SECOND)
        return run

    def export(self, run, *more, **how):
        return self.settle("export", "--run", run, "--out", str(self.folder), *more, **how)

    def exported(self, **what):
        """The order of an exported run of one file, and its run."""
        run = self.approved_run(**what)
        self.export(run)
        return run, read_order(self.folder / f"{plain.FUND}-{run}-F1.xml")

    def import_status(self, text, name="status.xml", **how):
        path = self.folder / name
        path.write_text(text)
        return self.settle("import-status", str(path), **how)

    def state(self, connection, request):
        return connection.ask(status(request)).state_now

    def payouts(self, run):
        return {each["end_to_end_id"]: each for each in
                self.json_of("show", "--run", run)["payout_list"]}
