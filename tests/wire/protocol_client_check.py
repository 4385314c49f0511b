"""Reads the frames of docs/wire_protocol.md as a client in another language would.

Uses the .proto files through protoc and python3-protobuf, and nothing of the switch. The frames are
taken from the document's own hexadecimal. Usage: protocol_client_check.py SOURCE_DIRECTORY
"""

import pathlib
import re
import subprocess
import sys
import tempfile


def frames(document):
    """The hexadecimal lines of the document's example blocks, by their names."""
    found = re.findall(r"<!-- frame: (\w+) -->\n+```\n([0-9a-f]+)\n```", document)
    return {name: bytes.fromhex(text) for name, text in found}


def envelope(module, frame):
    length = int.from_bytes(frame[:4], "big")
    assert 1 <= length <= 65536 and length == len(frame) - 4, "header"
    return module.Envelope.FromString(frame[4:])


def check(envelope_pb2, answer_pb2, common_pb2, claim_pb2, shown):
    request = envelope(envelope_pb2, shown["request"])
    assert request.correlation_id == 42
    assert list(request.options.languages) == [common_pb2.FRENCH]
    submit = request.submit_claim
    assert submit.request_id.hex() == "a0000000000000000000000000000001"
    assert submit.claim.kind == claim_pb2.THIRD_PARTY
    assert [line.quantity for line in submit.claim.lines] == [2, 1]
    assert submit.proofs.card.atc == 1
    assert submit.proofs.card.mac.hex() == "e97b73503d6b5122"

    answer = envelope(envelope_pb2, shown["answer"])
    assert answer.correlation_id == request.correlation_id
    assert answer.answer.state_now == common_pb2.APPROVED
    assert answer.answer.receipt.sequence == 77
    body = answer_pb2.AnswerBody.FromString(answer.answer.body)
    claim = body.claim
    assert claim.outcome == answer_pb2.ClaimAnswer.APPROVED_PARTIALLY
    assert (claim.insurer_cents, claim.patient_cents) == (96000, 24000)
    assert claim.lines[1].reason == common_pb2.PRODUCT_NOT_COVERED
    assert claim.prescriptions_left == 1 and claim.rights_until == "2026-12-31"

    busy = envelope(envelope_pb2, shown["busy"]).refused
    assert busy.code == answer_pb2.Refused.BUSY and busy.cause == answer_pb2.Refused.QUEUE
    assert busy.retry_after_ms == 200


def main():
    source = pathlib.Path(sys.argv[1])
    shown = frames((source / "docs/wire_protocol.md").read_text(encoding="utf-8"))
    assert set(shown) == {"request", "answer", "busy"}, sorted(shown)
    with tempfile.TemporaryDirectory() as generated:
        protos = sorted((source / "proto/wasl/v1").glob("*.proto"))
        subprocess.run(["protoc", f"-I{source / 'proto'}", f"--python_out={generated}",
                        *map(str, protos)], check=True, timeout=60)
        sys.path.insert(0, generated)
        from wasl.v1 import answer_pb2, claim_pb2, common_pb2, envelope_pb2
        check(envelope_pb2, answer_pb2, common_pb2, claim_pb2, shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
