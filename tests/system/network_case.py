"""A test case with a plain network of its own, one connection of each role, and a fresh household
for every test. At the end neither `wasl verify` nor `wasl replay` may find a difference, and the
journal must hold what was asked and answered on those connections, byte for byte.

    self.provider, .centre, .fund, .authority, .desk     connections, as SENDERS;
    self.senders["operator:centre"], ["operator:fund"]   those of operators
    self.claim() .refund() .look_up() .wish() .decision()    requests about self.household
    self.approved() .granted() .taken() .line_reasons()      ask, and expect
"""

import itertools
import unittest

import card_proof
import plain_network as plain
from client import SOURCE, Connection, body, pb, request_id
from journal_reader import assert_recorded
from plain_network import CENTRE, PROVIDERS, card_number, insured
from plain_requests import batch, interval
from switch import Network, today

P = PROVIDERS[0]
SENDERS = {"provider": P, "centre": CENTRE, "fund": plain.FUND, "authority": plain.CATALOGUE,
           "desk": plain.DESK, "operator:centre": CENTRE + ":042",
           "operator:fund": plain.FUND + ":007"}


def product(code, version=1, **changes):
    return pb.Product(**{"catalogue": plain.CATALOGUE, "code": code, "inn": f"I-{code}",
                         "in_force": interval("2020-01-01"), "reimbursable": True,
                         "public_price_cents": plain.PRICE_CENTS, "rate_basis_points": 8000,
                         "name": "Produit", "source_version": version, **changes})


def rulebook(version, **changes):
    text = (SOURCE / "config/rulebooks/dz-cnas.toml").read_text(encoding="utf-8")
    for key, value in changes.items():
        text = text.replace(f"\n{key} = false", f"\n{key} = {value}")
    return pb.RulebookItem(content=text, source_version=version)


class KeepingConnection(Connection):
    """Keeps what was asked and answered."""

    def __init__(self, exchanges, *arguments):
        super().__init__(*arguments)
        self.exchanges = exchanges

    def ask(self, request, **options):
        asked = type(request).FromString(request.SerializeToString())
        answer = super().ask(request, **options)
        self.exchanges.append((asked, answer))
        return answer


class NetworkCase(unittest.TestCase):
    households_max = 200

    @classmethod
    def setUpClass(cls):
        cls.network = Network(cls.households_max, {"connections.look_ups_per_minute": 100000})
        cls.network.start()
        cls.households = itertools.count()
        cls.exchanges = []
        cls.connect_all()

    @classmethod
    def connect_all(cls):
        cls.senders = {
            role: KeepingConnection(cls.exchanges, cls.network.address,
                                    cls.network.identity(role, id))
            for role, id in SENDERS.items()}

    @classmethod
    def tearDownClass(cls):
        try:
            for connection in cls.senders.values():
                connection.close()
            cls.network.stop()
            audits = [cls.network.verify(), cls.network.replay()]
            assert_recorded(cls.network.directory / "switch/journal", cls.exchanges)
        finally:
            cls.network.remove()
        assert all(audit["ok"] for audit in audits), audits

    def setUp(self):
        self.household = next(self.households)
        for role, connection in self.senders.items():
            setattr(self, role, connection)

    def restart(self):
        """kill -9, and everybody comes back."""
        for connection in self.senders.values():
            connection.close()
        self.network.kill()
        self.network.start()
        self.connect_all()
        for role, connection in self.senders.items():
            setattr(self, role, connection)

    def claim(self, **options):
        return self.network.claim(P, self.household, **options)

    def refund(self, kind=pb.SubmitClaim, **options):
        request = self.network.claim(P, self.household, kind=kind, **options)
        request.ClearField("proofs")
        request.claim.kind = pb.REFUND
        request.claim.provider_id = ""
        request.claim.card.key_version = 0
        return request

    def look_up(self, kind, purpose, provider=""):
        request = kind(request_id=request_id(), provider_id=provider, terminal_id="T1",
                       card=pb.CardReference(number=card_number(self.household), fund=plain.FUND),
                       purpose=purpose)
        if provider:
            request.card.key_version = 1
            card_proof.sign(request, self.network.card(self.household))
        return request

    def wish(self, **subject):
        return pb.RequestPriorAgreement(
            request_id=request_id(), card_number=card_number(self.household), beneficiary_rank=1,
            wanted=interval(today(-30), today(30)), **subject)

    def decision(self, agreement_id, granted=True, until=""):
        made = pb.DecidePriorAgreement(
            request_id=request_id(), insured_number=insured(self.household),
            agreement_id=agreement_id, granted=granted)
        if granted:
            made.in_force.CopyFrom(interval(today(-60), until))
        return made

    def approved(self, connection, request):
        answer = connection.ask(request)
        self.assertEqual(answer.state_now, pb.APPROVED, body(answer))
        return body(answer)

    def line_reasons(self, connection, request):
        return [line.reason for line in body(connection.ask(request)).lines]

    def granted(self, connection, request):
        answer = connection.ask(request)
        self.assertIsInstance(answer, pb.Answer, answer)
        self.assertEqual(body(answer).reason, pb.REASON_NONE)
        return body(answer)

    def taken(self, connection, kind, *items):
        answer = connection.ask(batch(kind, *items))
        self.assertIsInstance(answer, pb.BatchAnswer, answer)
        self.assertEqual([item.index for item in answer.items], list(range(len(items))))
        for item in answer.items:
            self.assertEqual(body(item.answer).reason, pb.REASON_NONE)
