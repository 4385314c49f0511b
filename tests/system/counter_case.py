"""What tests at a payment centre's counter share: pharmacies with signing keys, sales that are
presented, and the commands of both ends. Against `wasl serve`.
"""

import json
import os
import pty
import subprocess

from cryptography import x509
from cryptography.hazmat.primitives import serialization

import plain_network as plain
from client import body, pb, request_id
from network_case import P, NetworkCase
from plain_network import CENTRE, PROVIDERS
from plain_requests import batch, interval

SHARE = plain.PRICE_CENTS * 8 // 10
OTHER_CENTRE = "16-91"
OPERATOR = ("operator:centre", f"{CENTRE}:042")
WITHOUT_CENTRE = PROVIDERS[1]


def public_key(identity):
    certificate = x509.load_pem_x509_certificate(identity.certificate.read_bytes())
    return certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


class CounterCase(NetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.register(pb.PutCentre, OTHER_CENTRE)
        for provider, centre in ((P, CENTRE), (WITHOUT_CENTRE, "")):
            key = public_key(cls.network.identity("provider", provider))
            agreements = [pb.FundAgreement(fund=plain.FUND, in_force=interval("2020-01-01"))]
            cls.register(pb.PutProvider, provider, centre_id=centre, signing_key=key,
                         agreements=agreements)

    @classmethod
    def register(cls, kind, id, **facts):
        item = pb.Registration(id=id, source_version=2, **facts)
        answer = cls.senders["fund"].ask(batch(kind, item))
        assert body(answer.items[0].answer).reason == pb.REASON_NONE, answer

    def setUp(self):
        super().setUp()
        self.terminal("close-day", "--fund", plain.FUND)  # Whatever earlier tests left.

    # Both ends' commands.

    def arguments(self, role, id, *arguments):
        identity = self.network.identity(role, id)
        return (*arguments, "--server", f"localhost:{self.network.address[1]}",
                "--certificate", str(identity.certificate), "--key", str(identity.key),
                "--authority", str(identity.authority),
                "--outbox", str(self.network.directory / f"outbox-{id}"))

    def counter(self, *arguments, of=OPERATOR, **how):
        return self.network.wasl(*self.arguments(*of, "counter", *arguments), **how)

    def talk_to(self, *arguments, keyboard):
        """A command that is talked to; over a terminal, or a pipe."""
        ours, theirs = pty.openpty() if keyboard else (None, subprocess.PIPE)
        process = subprocess.Popen([*self.network.command, *arguments], stdin=theirs,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if keyboard:
            os.close(theirs)
            self.addCleanup(os.close, ours)
        return process, (ours if keyboard else process.stdin.fileno())

    @staticmethod
    def read_until(stream, end):
        text = b""
        while not text.endswith(end):
            byte = os.read(stream.fileno(), 1)
            assert byte, text
            text += byte
        return text.decode()

    def terminal(self, *arguments, provider=P, **how):
        return self.network.wasl(*self.arguments("provider", provider, "terminal", *arguments),
                                 **how).stdout

    def work(self, of=OPERATOR):
        return json.loads(self.counter("pending", "--json", of=of).stdout)

    def pending(self, of=OPERATOR):
        return self.work(of)["reviews"]

    def shown(self, number, provider=P):
        return json.loads(self.terminal("bordereaux", "--fund", plain.FUND, "--number",
                                        str(number), "--json", provider=provider))

    def closed(self, provider=P):
        """The number of the one bordereau that a close-day makes."""
        answer = json.loads(self.terminal("close-day", "--fund", plain.FUND, "--json",
                                          provider=provider))
        [bordereau] = answer["body"]["closing"]["bordereaux"]
        return bordereau["number"]

    def presented(self, count=3, provider=P):
        """The number of a new bordereau, and its sales: (claim id, request)."""
        sales = []
        with self.network.connect("provider", provider) as connection:
            for _ in range(count):
                request = self.network.claim(provider, next(self.households))
                sales.append((self.approved(connection, request).claim_id, request))
        return self.closed(provider), sales

    def correct(self, original, unit_price_cents, **how):
        """The ClaimAnswer of the same claim at another price."""
        claim = original.claim
        file = self.network.directory / "corrected.json"
        file.write_text(json.dumps({"claim": {
            "kind": "THIRD_PARTY", "terminalId": "T1",
            "prescription": {"type": "ACUTE", "key": {
                "prescriberId": claim.prescription.key.prescriber_id,
                "number": claim.prescription.key.number,
                "date": claim.prescription.key.date}},
            "lines": [{"productCode": each.product_code, "quantity": each.quantity,
                       "unitPriceCents": unit_price_cents} for each in claim.lines]}}),
                        encoding="utf-8")
        answer = self.terminal("correct", "--original", original.request_id.hex(),
                               "--claim", str(file), "--json", **how)
        return json.loads(answer)["body"]["claim"]

    @staticmethod
    def named(number, provider=P):
        return ("--provider", provider, "--fund", plain.FUND, "--number", str(number))

    def review(self, number, *verdicts, **more):
        made = pb.ReviewBordereau(request_id=request_id(), fund=plain.FUND, number=number, **more)
        made.provider.CopyFrom(pb.ParticipantName(role=pb.PROVIDER, id=P))
        for claim, verdict, reason in verdicts:
            made.verdicts.add(claim_id=claim, verdict=verdict, reason=reason)
        return made
