"""Keys and proofs of docs/card_proof.md, from that page and python3-cryptography.

    KeyHolder.card(master, fund, number, key_version)                 a virtual card
    KeyHolder.professional(master, fund, provider_id, key_version)    a provider's key
    sign(request, card, professional=None)    puts fresh proofs into SubmitClaim, QuoteClaim,
                                              GetRights or UpdateCard
    master_key(path, fund)                    reads a key file of the switch
"""

import os
import pathlib

from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.cmac import CMAC
from cryptography.hazmat.primitives.kdf.kbkdf import CounterLocation, KBKDFCMAC, Mode

from canonical import code, content, number

CARD_LABEL = b"wasl/card/1"
PROFESSIONAL_LABEL = b"wasl/professional/1"
PROOF_BYTES = 8


def derive_key(master, label, fund, holder, key_version):
    context = code(fund) + code(holder) + number(16, key_version)
    return KBKDFCMAC(algorithm=algorithms.AES, mode=Mode.CounterMode, length=16, rlen=4, llen=4,
                     location=CounterLocation.BeforeFixed, label=label, context=context,
                     fixed=None).derive(master)


def proof_mac(key, atc, unpredictable, digest):
    mac = CMAC(algorithms.AES(key))
    mac.update(number(32, atc) + unpredictable + digest)
    return mac.finalize()[:PROOF_BYTES]


class KeyHolder:
    """A card or a professional's key: `counter` is the last transaction counter it used."""

    def __init__(self, label, master, fund, holder, key_version):
        self.fund, self.number, self.key_version = fund, holder, key_version
        self.key = derive_key(master, label, fund, holder, key_version)
        self.counter = 0

    @classmethod
    def card(cls, master, fund, number, key_version=1):
        return cls(CARD_LABEL, master, fund, number, key_version)

    @classmethod
    def professional(cls, master, fund, provider_id, key_version=1):
        return cls(PROFESSIONAL_LABEL, master, fund, provider_id, key_version)

    def prove(self, proof, digest):
        """Fills a wasl.v1.Proof over the digest with the next counter."""
        self.counter += 1
        proof.atc = self.counter
        proof.unpredictable = os.urandom(4)
        proof.mac = proof_mac(self.key, proof.atc, proof.unpredictable, digest)


def sign(request, card, professional=None):
    request.ClearField("proofs")
    digest = content(request)
    card.prove(request.proofs.card, digest)
    if professional is not None:
        professional.prove(request.proofs.professional, digest)
        request.proofs.professional_key_version = professional.key_version
    return request


def master_key(path, fund):
    for line in pathlib.Path(path).read_text(encoding="ascii").splitlines():
        if not line.startswith("#") and line.split(" ")[0] == fund:
            return bytes.fromhex(line.split(" ")[1])
    raise KeyError(f"no master key of {fund} in {path}")
