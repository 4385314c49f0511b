"""The client of this folder against the documents' own bytes, and one claim of it through a switch.

Usage: WASL_BINARY=... client_test.py
"""

import json
import re
import unittest

from google.protobuf import json_format

import card_proof
from canonical import canonical, content
from client import SOURCE, body, pb
from plain_network import PROVIDERS
from switch import Network


def vectors():
    """The blocks of card_proof.md "Vectors": name to value."""
    document = (SOURCE / "docs/card_proof.md").read_text(encoding="utf-8")
    for block in re.findall(r"```\n(request .*?)```", document, re.DOTALL):
        yield dict(re.match(r"(key version|\S+) +(.*)", line).groups()
                   for line in block.splitlines())


def request_of(vector):
    """The vector's request as a message: its prescription's key stands flat there."""
    fields = json.loads(vector["request"])
    message = getattr(pb, fields.pop("deed"))(request_id=bytes.fromhex(fields.pop("request_id")))
    if "claim" in fields:
        flat = fields["claim"]["prescription"]
        fields["claim"]["prescription"] = {"type": flat.pop("type"), "key": flat}
    return json_format.ParseDict(fields, message)


class Documents(unittest.TestCase):
    def test_every_vector_comes_out(self):
        count = 0
        for vector in vectors():
            request = request_of(vector)
            self.assertEqual(canonical(request).hex(), vector["canonical_request"])
            self.assertEqual(content(request).hex(), vector["digest"])
            card = (request.claim if hasattr(request, "claim") else request).card
            master = bytes.fromhex(vector["master_key"])
            if "key version" in vector:
                holder = card_proof.KeyHolder.professional(
                    master, card.fund, request.claim.provider_id, int(vector["key version"]))
            else:
                holder = card_proof.KeyHolder.card(master, card.fund, card.number, card.key_version)
            self.assertEqual(holder.key.hex(), vector["derived_key"])
            mac = card_proof.proof_mac(holder.key, int(vector["atc"]),
                                       bytes.fromhex(vector["unpredictable"]), content(request))
            self.assertEqual(mac.hex(), vector["proof"])
            count += 1
        self.assertGreaterEqual(count, 5)


class Switch(unittest.TestCase):
    def test_a_claim_is_approved_and_repeated_after_a_kill(self):
        with Network(households=1) as network:
            network.start()
            claim = network.claim(PROVIDERS[0], household=0, products=["T01", "T02"])
            with network.connect("provider", PROVIDERS[0]) as connection:
                first = connection.ask(claim)
            self.assertEqual(first.state_now, pb.APPROVED)
            self.assertEqual((body(first).insurer_cents, body(first).patient_cents), (80000, 20000))
            network.kill()
            network.start()
            with network.connect("provider", PROVIDERS[0]) as connection:
                again = connection.ask(claim)
            self.assertTrue(again.repeat)
            self.assertEqual(again.body, first.body)
            network.stop()
            self.assertEqual(network.verify()["differences"], [])
            self.prove(network, first, code=0)
            first.receipt.record_hash = bytes(32)
            self.prove(network, first, code=6)

    def prove(self, network, answer, code):
        """`wasl verify --receipt` of an answer that this client holds."""
        file = network.directory / "answer.json"
        file.write_text(json.dumps({
            "envelope": json_format.MessageToDict(pb.Envelope(answer=answer)),
            "body": json_format.MessageToDict(pb.AnswerBody.FromString(answer.body))}))
        network.wasl("verify", "--config", str(network.configuration), "--receipt", str(file),
                     code=code)


if __name__ == "__main__":
    unittest.main()
