"""Reads a stopped switch's journal by docs/data_format.md "Journal", as an auditor would.

    records(directory)                        {sequence: stored bytes of the record}
    assert_recorded(directory, exchanges)     of each (request, answer): the receipt names a record
                                              with that hash, and in it stand the canonical bytes of
                                              the request and the answer's body
"""

import hashlib
import pathlib

from canonical import canonical
from client import pb

SEGMENT_HEADER_BYTES, RECORD_HEADER_BYTES = 512, 96


def records(directory):
    found = {}
    for segment in sorted(pathlib.Path(directory).glob("*.seg")):
        data = segment.read_bytes()
        at = SEGMENT_HEADER_BYTES
        while data[at:at + 4] == b"WREC":
            end = at + RECORD_HEADER_BYTES + int.from_bytes(data[at + 8:at + 12], "big")
            found[int.from_bytes(data[at + 16:at + 24], "big")] = data[at:end]
            at = end
    return found


def answers_of(request, answer):
    """(canonical bytes, Answer) of a request, or of each item of a batch, where it was decided."""
    if isinstance(answer, pb.Answer) and answer.HasField("receipt"):
        yield canonical(request), answer
    if isinstance(answer, pb.BatchAnswer):
        for item in answer.items:
            if item.HasField("answer"):
                yield canonical(request, item.index), item.answer


def assert_recorded(directory, exchanges):
    kept = records(directory)
    count = 0
    for request, answer in exchanges:
        for content, given in answers_of(request, answer):
            record = kept[given.receipt.sequence]
            assert hashlib.sha256(record).digest() == given.receipt.record_hash, request
            assert content in record, f"canonical bytes of {request}"
            assert given.body in record
            count += 1
    assert count > 0
