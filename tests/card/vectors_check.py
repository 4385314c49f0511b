"""Checks tests/golden/card_vectors.json by an implementation that shares nothing with the switch.

Builds every byte from the vectors' inputs as docs/card_proof.md and docs/wire_protocol.md say, with
python3-cryptography for CMAC and the SP 800-108 derivation. `--write` fills the results in, which
is for a new format version only. Usage: vectors_check.py FILE [--write]
"""

import datetime
import hashlib
import json
import struct
import sys

from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC
from cryptography.hazmat.primitives.kdf.kbkdf import CounterLocation, KBKDFCMAC, Mode

DEEDS = {"SubmitClaim": 1, "QuoteClaim": 2, "GetRights": 6, "UpdateCard": 7}
KINDS = {"THIRD_PARTY": 1, "REFUND": 2}
TYPES = {"ACUTE": 1, "LONG_TERM": 2}
PURPOSES = {"CARD_PRESENTED": 1, "AT_COUNTER": 2, "BY_TELEPHONE": 3, "FILE_REVIEW": 4}
LABELS = {"card": b"wasl/card/1", "professional": b"wasl/professional/1"}


def code(text):
    data = text.encode("ascii")
    return struct.pack(">B", len(data)) + data


def day(text):
    epoch = datetime.date(1970, 1, 1)
    return struct.pack(">i", (datetime.date.fromisoformat(text) - epoch).days)


def claim_bytes(claim):
    prescription = claim["prescription"]
    out = struct.pack(">B", KINDS[claim["kind"]])
    out += code(claim.get("provider_id", "")) + code(claim["terminal_id"])
    out += card_bytes(claim["card"])
    out += struct.pack(">B", claim["beneficiary_rank"])
    out += day(claim["service_date"]) + day(claim.get("first_act_date", claim["service_date"]))
    out += code(prescription["prescriber_id"]) + code(prescription["number"])
    out += day(prescription["date"]) + struct.pack(">B", TYPES[prescription["type"]])
    out += struct.pack(">B", len(claim["lines"]))
    for line in claim["lines"]:
        out += code(line["product_code"])
        out += struct.pack(">IqH", line["quantity"], line["unit_price_cents"], line["supply_days"])
    return out


def card_bytes(card):
    return code(card["number"]) + code(card["fund"]) + struct.pack(">H", card["key_version"])


def canonical_request(request):
    out = struct.pack(">B", DEEDS[request["deed"]])
    out += bytes.fromhex(request["request_id"]) + struct.pack(">H", 0)
    if "claim" in request:
        return out + claim_bytes(request["claim"])
    out += code(request.get("provider_id", "")) + code(request["terminal_id"])
    return out + card_bytes(request["card"]) + struct.pack(">B", PURPOSES[request["purpose"]])


def cmac(key, message):
    mac = CMAC(AES(key))
    mac.update(message)
    return mac.finalize()


def holder_of(vector):
    request = vector["request"]
    holder = request.get("claim", request)
    if vector["kind"] == "card":
        return holder["card"]["fund"], holder["card"]["number"], holder["card"]["key_version"]
    return holder["card"]["fund"], holder["provider_id"], vector["professional_key_version"]


def results(vector):
    fund, holder, version = holder_of(vector)
    master = bytes.fromhex(vector["master_key"])
    label = LABELS[vector["kind"]]
    context = code(fund) + code(holder) + struct.pack(">H", version)
    fixed = struct.pack(">I", 1) + label + b"\0" + context + struct.pack(">I", 128)
    derived = KBKDFCMAC(algorithm=AES, mode=Mode.CounterMode, length=16, rlen=4, llen=4,
                        location=CounterLocation.BeforeFixed, label=label, context=context,
                        fixed=None).derive(master)
    assert derived == cmac(master, fixed), "KBKDF is one CMAC over the documented bytes"
    canonical = canonical_request(vector["request"])
    digest = hashlib.sha256(canonical).digest()
    message = struct.pack(">I", vector["atc"]) + bytes.fromhex(vector["unpredictable"]) + digest
    full = cmac(derived, message)
    return {"label": label.decode("ascii"), "context": context.hex(),
            "derivation_input": fixed.hex(), "derived_key": derived.hex(),
            "canonical_request": canonical.hex(), "digest": digest.hex(),
            "cmac_input": message.hex(), "cmac": full.hex(), "proof": full[:8].hex()}


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    vectors = document["vectors"]
    if "--write" in sys.argv[2:]:
        for vector in vectors:
            vector["results"] = results(vector)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(document, file, indent=2)
            file.write("\n")
        return 0
    wrong = 0
    for vector in vectors:
        for name, value in results(vector).items():
            if vector["results"].get(name) != value:
                print(f"{vector['name']}: {name} is {vector['results'].get(name)}, not {value}")
                wrong += 1
    if len(vectors) < 5:
        print("fewer than five vectors")
        wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
