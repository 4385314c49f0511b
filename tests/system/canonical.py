"""Canonical request bytes, from docs/wire_protocol.md "Canonical request" and nothing else.

    canonical(request, index=0)   bytes of any request message; `index` chooses a feed's item
    content(request, index=0)     their SHA-256: what proofs sign and what a repeat is known by

`request` is a message of wasl.v1, such as SubmitClaim. Values outside the documented ranges raise:
such a request has no canonical form.
"""

import datetime
import hashlib

EPOCH = datetime.date(1970, 1, 1)
FIRST_DAY, LAST_DAY = "1900-01-01", "2199-12-31"
NO_ID = bytes(16)
PAGE_SIZE_DEFAULT = 100


def number(bits, value):
    return int(value).to_bytes(bits // 8, "big")


def signed(bits, value):
    return int(value).to_bytes(bits // 8, "big", signed=True)


def octets(value):
    return number(8, len(value)) + value


def code(text):
    return octets(text.encode("ascii"))


def name(text):
    return octets(text.encode("utf-8"))


def day(text):
    return signed(32, (datetime.date.fromisoformat(text) - EPOCH).days)


def interval(message, field):
    """An absent interval, and an open end, are the whole calendar's."""
    if not message.HasField(field):
        return day(FIRST_DAY) + day(LAST_DAY)
    value = getattr(message, field)
    return day(getattr(value, "from")) + day(value.until or LAST_DAY)


def optional(message, field, bits):
    if not message.HasField(field):
        return b"\0"
    return b"\1" + number(bits, getattr(message, field))


def counted(items, encode):
    return number(8, len(items)) + b"".join(encode(item) for item in items)


def prescription_key(key):
    return code(key.prescriber_id) + code(key.number) + day(key.date)


def subject(message):
    if message.WhichOneof("subject") == "prescription":
        return b"\1" + prescription_key(message.prescription)
    return b"\2" + code(message.product_code)


def card_reference(card):
    return code(card.number) + code(card.fund) + number(16, card.key_version)


def claim_lines(lines):
    return counted(lines, claim_line)


def prescription(it):
    return prescription_key(it.key) + number(8, it.type)


def claim_line(line):
    return (code(line.product_code) + number(32, line.quantity) +
            signed(64, line.unit_price_cents) + number(16, line.supply_days))


def claim(request):
    it = request.claim
    return (number(8, it.kind) + code(it.provider_id) + code(it.terminal_id) +
            card_reference(it.card) + number(8, it.beneficiary_rank) + day(it.service_date) +
            day(it.first_act_date or it.service_date) + prescription(it.prescription) +
            claim_lines(it.lines))


def reversal(request):
    return request.original_request_id + number(8, request.cause)


def status(request):
    return request.original_request_id + number(8, request.close_if_absent)


def page_size(request):
    return number(16, request.page_size or PAGE_SIZE_DEFAULT)


def claims_listing(request):
    return (day(getattr(request, "from")) + day(request.until) + number(64, request.after) +
            page_size(request))


def look_up(request):
    return (code(request.provider_id) + code(request.terminal_id) + card_reference(request.card) +
            number(8, request.purpose))


def report(request):
    return (code(request.card_number) + number(8, request.action) +
            day(request.until or LAST_DAY) + code(request.replacement))


def agreement_request(request):
    return (code(request.card_number) + number(8, request.beneficiary_rank) +
            interval(request, "wanted") + subject(request))


def agreement_decision(request):
    return (code(request.insured_number) + number(64, request.agreement_id) +
            number(8, request.granted) + interval(request, "in_force"))


def agreements_listing(request):
    return number(64, request.after) + page_size(request)


def closing(request):
    claims = b"".join(number(64, each.claim_id) + signed(64, each.insurer_cents)
                      for each in request.claims)
    return (code(request.fund) + number(64, request.up_to) + number(8, len(request.claims)) +
            claims + number(32, request.count) + signed(64, request.total_cents) +
            request.digest + number(8, len(request.signing_key)) + request.signing_key +
            number(8, len(request.signature)) + request.signature)


def correction(request):
    return (request.original_request_id + code(request.terminal_id) +
            prescription(request.prescription) + claim_lines(request.lines))


STEP_OF_CENTRE = 2  # What an owner is where none is given.


def verdict(it):
    return (number(64, it.claim_id) + number(8, it.verdict) + number(8, it.reason) +
            (day(it.until) if it.until else signed(32, 0)) +
            number(8, it.owner or STEP_OF_CENTRE))


def review(request):
    return (code(request.fund) + number(8, request.provider.role) + code(request.provider.id) +
            number(32, request.number) + counted(request.verdicts, verdict) +
            number(8, request.accept_rest))


def reduction(request):
    return (code(request.fund) + number(8, request.provider.role) + code(request.provider.id) +
            number(32, request.number) + number(64, request.claim_id) +
            signed(64, request.insurer_cents) + number(8, request.reason))


def payee(it):
    if it.WhichOneof("payee") == "provider":
        return b"\2" + number(8, it.provider.role) + code(it.provider.id)
    return b"\1" + code(it.insured_number)


def payout(request):
    return (payee(request.payee) + code(request.payout_account) +
            number(8, request.withdraw))


def opening(request):
    return code(request.message_id) + request.sha256 + number(32, request.entries)


def status_entry(it):
    return (number(64, it.run) + number(32, it.number) + number(8, it.word) +
            signed(64, it.amount_cents) + name(it.reason))


def statuses(request):
    return (number(64, request.file) + number(16, request.part) +
            counted(request.entries, status_entry))


def card(it):
    return (code(it.number) + number(8, it.kind) + number(8, it.rank) +
            number(16, it.key_version) + number(8, it.active) + number(8, it.bar) +
            day(it.bar_until or LAST_DAY))


def right(it):
    return day(getattr(it, "from")) + day(it.until or LAST_DAY)


def treatment(it):
    return code(it.condition) + interval(it, "in_force") + counted(it.inns, code)


def beneficiary(it):
    return (number(8, it.rank) + day(it.birth_date) + number(8, it.rate_basis) +
            counted(it.rights, right) + counted(it.treatments, treatment))


def agreement(it):
    return (number(64, it.id) + number(8, it.rank) + number(8, it.state) +
            interval(it, "in_force") + subject(it))


def account(it):
    return (code(it.insured_number) + code(it.fund) + counted(it.cards, card) +
            counted(it.beneficiaries, beneficiary) + counted(it.agreements, agreement) +
            code(it.payout_account))


def fund_agreement(it):
    return code(it.fund) + interval(it, "in_force")


def registration(role):
    return lambda it: (number(8, role) + code(it.id) + number(8, it.suspended) +
                       counted(it.agreements, fund_agreement) + code(it.centre_id) +
                       octets(it.signing_key) + code(it.payout_account) + name(it.name))


def alternative(it):
    return optional(it, "age_min", 8) + optional(it, "age_max", 8) + code(it.condition)


def product(it):
    return (code(it.catalogue) + code(it.code) + interval(it, "in_force") + code(it.inn) +
            number(8, it.reimbursable) + signed(64, it.public_price_cents) +
            signed(32, it.rate_basis_points) + optional(it, "quantity_max", 32) +
            optional(it, "supply_days_max", 16) + optional(it, "prior_agreement_above_days", 16) +
            counted(it.restriction, alternative) + name(it.name))


def tarif(it):
    return (code(it.catalogue) + code(it.inn) + interval(it, "in_force") +
            signed(64, it.amount_cents))


def rulebook(it):
    content_bytes = it.content.encode("utf-8")
    return number(32, len(content_bytes)) + content_bytes


REQUESTS = {
    "SubmitClaim": (1, claim),
    "QuoteClaim": (2, claim),
    "ReverseClaim": (3, reversal),
    "GetClaim": (4, status),
    "ListClaims": (5, claims_listing),
    "GetRights": (6, look_up),
    "UpdateCard": (7, look_up),
    "ReportCard": (8, report),
    "RequestPriorAgreement": (9, agreement_request),
    "DecidePriorAgreement": (10, agreement_decision),
    "ListPriorAgreements": (11, agreements_listing),
    "CloseBordereau": (23, closing),
    "CorrectClaim": (26, correction),
    "ReviewBordereau": (27, review),
    "SetPayoutAccount": (29, payout),
    "ProposeRun": (31, lambda it: day(it.value_date) + signed(64, it.minimum_cents)),
    "CollectRun": (32, lambda it: number(64, it.run)),
    "ApproveRun": (33, lambda it: number(64, it.run) + number(32, it.payouts) +
                   signed(64, it.total_cents)),
    "CancelRun": (34, lambda it: number(64, it.run)),
    "ExportRun": (38, lambda it: number(64, it.run) + number(16, it.payouts_per_file)),
    "OpenStatusFile": (40, opening),
    "ReceiveStatuses": (41, statuses),
    "ApplyStatuses": (42, lambda it: number(64, it.file)),
    "DropStatusFile": (43, lambda it: number(64, it.file)),
    "ReduceClaim": (45, reduction),
}
FEEDS = {
    "PutAccount": (12, account),
    "PutCard": (13, lambda it: code(it.insured_number) + card(it.card)),
    "PutProvider": (14, registration(1)),
    "PutCentre": (14, registration(2)),
    "PutPrescriber": (15, lambda it: code(it.id) + number(8, it.suspended) + name(it.name)),
    "PutProduct": (16, product),
    "PutTarif": (17, tarif),
    "PutRulebook": (18, rulebook),
}


def canonical(request, index=0):
    kind = request.DESCRIPTOR.name
    if kind in FEEDS:
        deed, encode = FEEDS[kind]
        item = request.items[index]
        fields = encode(item) + number(64, item.source_version)
        return number(8, deed) + request.batch_id + number(16, index) + fields
    deed, encode = REQUESTS[kind]
    request_id = getattr(request, "request_id", NO_ID)
    return number(8, deed) + request_id + number(16, 0) + encode(request)


def content(request, index=0):
    return hashlib.sha256(canonical(request, index)).digest()
