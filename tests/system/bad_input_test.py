"""Everything that a peer can send wrongly, against one real switch over TLS: each gets its typed
and documented refusal and moves its counter, and another participant is served all the while. At
the end the switch must verify, with every claim that was answered.

Who a peer is, is in bad_identity_test.py; slow and many peers are in slow_peers_test.py.

Usage: bad_input_test.py, with WASL_BINARY in the environment.
"""

import unittest

import plain_network
from bad_input import BadInput, Bystander, echo
from client import Closed, body, envelope, frame, pb, request_id
from switch import Network, today

PROVIDER, OTHER_PROVIDER, SUSPENDED = plain_network.PROVIDERS[:3]
FRAME_BYTES_MAX = 65536


def setUpModule():
    global network, bystander
    network = Network(households=200)
    network.start()
    bystander = Bystander(network, OTHER_PROVIDER)
    BadInput.network, BadInput.bystander = network, bystander


def tearDownModule():
    try:
        bystander.close()
        network.stop()
        verified = network.verify()
        assert verified["ok"], verified
        assert verified["claims"] >= bystander.claims
    finally:
        network.remove()


class Frames(BadInput):
    """What is no frame ends the connection after one answer."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect(PROVIDER)

    def closed(self):
        with self.assertRaises(Closed):
            self.connection.receive()

    def test_oversized(self):
        with self.counted('wasl_frames_refused_total{cause="too_long"}'):
            self.connection.send_bytes((FRAME_BYTES_MAX + 1).to_bytes(4, "big"))
            self.refused_frame(pb.Refused.FRAME_TOO_LARGE, "smaller")
        self.closed()

    def test_of_four_gibibytes(self):
        with self.counted('wasl_frames_refused_total{cause="too_long"}'):
            self.connection.send_bytes(b"\xff\xff\xff\xff" + bytes(1000))
            self.refused_frame(pb.Refused.FRAME_TOO_LARGE, "65536")
        self.closed()

    def test_of_length_zero(self):
        with self.counted('wasl_frames_refused_total{cause="empty"}'):
            self.connection.send_bytes(bytes(4))
            self.refused_frame(pb.Refused.MALFORMED, "connect again")
        self.closed()

    def test_truncated(self):
        whole = frame(envelope(network.claim(PROVIDER, self.household()), 1))
        with self.counted('wasl_frames_refused_total{cause="truncated"}'):
            self.connection.send_bytes(whole[:-1])
            self.connection.close()

    def refused_frame(self, code, *words):
        correlation_id, answer = self.connection.receive()
        self.assertEqual(correlation_id, 0)
        self.is_refused(answer, code, *words)


class Bytes(BadInput):
    """What is no request is refused; the connection goes on."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect(PROVIDER)

    def refuse(self, data, code, *words, cause="malformed", field=""):
        with self.counted(f'wasl_refused_total{{cause="{cause}"}}'):
            self.connection.send_bytes(len(data).to_bytes(4, "big") + data)
            _, answer = self.connection.receive()
            self.is_refused(answer, code, *words, field=field)
        self.assertEqual(self.connection.ask(echo()), echo())

    def test_that_are_no_protobuf(self):
        for data in (b"\xff" * 100, b"hello, switch", b"\x52\x05\x01", bytes(FRAME_BYTES_MAX)):
            with self.subTest(data=data[:10]):
                self.refuse(data, pb.Refused.MALFORMED, "protobuf|wrong type")

    def test_32768_empty_lines_are_refused_by_a_scan(self):
        """The deepest and widest that fits: submit_claim { claim { lines {} lines {} ... } }."""
        lines = b"\x4a\x00" * 32760
        claim = b"\x12" + varint(len(lines)) + lines
        data = b"\x52" + varint(len(claim)) + claim
        self.assertLessEqual(len(data), FRAME_BYTES_MAX)
        self.refuse(data, pb.Refused.MALFORMED, "more than 40", field="claim.lines")

    def test_unknown_fields_without_end(self):
        self.refuse(b"\x9a\x3e\x00" * 1000, pb.Refused.MALFORMED, "unknown fields")

    def test_a_request_of_the_future(self):
        self.refuse(b"\xa2\x1f\x00", pb.Refused.UNKNOWN_REQUEST, "no request",
                    cause="unknown_request")

    def test_no_request(self):
        self.refuse(pb.Envelope(correlation_id=7).SerializeToString(), pb.Refused.UNKNOWN_REQUEST,
                    cause="unknown_request")

    def test_an_answer(self):
        data = pb.Envelope(answer=pb.Answer(body=b"x")).SerializeToString()
        self.refuse(data, pb.Refused.UNKNOWN_REQUEST, "answer", cause="unknown_request")

    def test_two_requests_at_once(self):
        self.refuse(2 * pb.Envelope(echo=echo()).SerializeToString(), pb.Refused.MALFORMED,
                    "more than one")

    def test_malformed_utf8(self):
        claim = network.claim(PROVIDER, self.household())
        data = envelope(claim, 1).SerializeToString()
        id = PROVIDER.encode()
        for wrong in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"):
            with self.subTest(bytes=wrong):
                self.refuse(data.replace(id, wrong + id[len(wrong):], 1), pb.Refused.MALFORMED,
                            "UTF-8", field="claim.provider_id")


def varint(number):
    out = b""
    while number >= 0x80:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


class Fields(BadInput):
    """A field that is missing or out of its range is named; nothing is remembered."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect(PROVIDER)

    def malformed(self, request, field, *words):
        with self.counted('wasl_refused_total{cause="malformed"}'):
            answer = self.connection.ask(request)
            self.is_refused(answer, pb.Refused.MALFORMED, *words, field=field)

    def spoil(self, field, values, spoil, *words):
        """The claim with each value is refused, and the same id with a good one is then decided."""
        household = self.household()
        good = network.claim(PROVIDER, household)
        for value in values:
            with self.subTest(value=value):
                bad = pb.SubmitClaim()
                bad.CopyFrom(good)
                spoil(bad.claim, value)
                self.malformed(bad, field, *words)
        self.is_approved(self.connection.ask(good))

    def line(self, name, values, *words):
        self.spoil(f"claim.lines[0].{name}", values,
                   lambda claim, value: setattr(claim.lines[0], name, value), *words)

    def test_amounts_that_are_negative_zero_or_overflow(self):
        self.line("unit_price_cents", [-1, 0, 10**10 + 1, 2**63 - 1, -2**63], "1", "10000000000")

    def test_quantities_that_are_zero_or_overflow(self):
        self.line("quantity", [0, 10000, 2**32 - 1], "1", "9999")

    def test_days_of_supply_out_of_range(self):
        self.line("supply_days", [367, 2**32 - 1], "366")

    def test_the_largest_amounts_are_counted_exactly(self):
        household = self.household()
        claim = network.claim(PROVIDER, household, products=plain_network.PRODUCTS)
        for line in claim.claim.lines:
            line.quantity, line.unit_price_cents = 9999, 10**10
        answer = self.connection.ask(network.sign(claim, household))
        self.assertEqual(body(answer).outcome, pb.ClaimAnswer.DECLINED)
        self.assertEqual({line.reason for line in body(answer).lines}, {pb.PRICE_ABOVE_PUBLIC})

    def test_days_that_there_are_not(self):
        self.spoil("claim.service_date",
                   ["", "2026-02-29", "2026-13-01", "1899-12-31", "yesterday"],
                   lambda claim, value: setattr(claim, "service_date", value))

    def test_ranks_out_of_range(self):
        self.spoil("claim.beneficiary_rank", [0, 16, 2**32 - 1],
                   lambda claim, value: setattr(claim, "beneficiary_rank", value), "15")

    def test_enumeration_numbers_that_there_are_not(self):
        self.spoil("claim.kind", [0, 3, 127],
                   lambda claim, value: setattr(claim, "kind", value))

    def test_codes_that_are_empty_too_long_or_no_codes(self):
        self.spoil("claim.terminal_id", ["", "T" * 17, "T 1", "صيدلية", "T\n1"],
                   lambda claim, value: setattr(claim, "terminal_id", value))

    def test_fields_that_are_missing(self):
        for name in ("card", "prescription"):
            with self.subTest(field=name):
                claim = network.claim(PROVIDER, self.household())
                claim.claim.ClearField(name)
                answer = self.connection.ask(claim)
                self.is_refused(answer, pb.Refused.MALFORMED)
                self.assertTrue(answer.field.startswith(f"claim.{name}"), answer.field)

    def test_no_lines_and_too_many(self):
        none = network.claim(PROVIDER, self.household(), products=[])
        self.malformed(none, "claim.lines", "1 to 40|1..40")
        many = network.claim(PROVIDER, self.household(), products=["T01"] * 41)
        self.malformed(many, "claim.lines", "40")

    def test_request_ids_that_are_none(self):
        for id in (b"", bytes(16), b"x" * 15, b"x" * 17):
            with self.subTest(id=id):
                claim = network.claim(PROVIDER, self.household())
                claim.request_id = id
                self.malformed(claim, "request_id", "16|all zero")

    def test_an_echo_beyond_its_bound(self):
        self.malformed(pb.Echo(data=bytes(4097)), "data", "4096")


class UnknownCodes(BadInput):
    """A code that is well formed and not on file is declined, and that is remembered."""

    def declined(self, change, claim_reason, line_reason=None):
        household = self.household()
        claim = network.claim(PROVIDER, household)
        change(claim.claim)
        claim = network.sign(claim, household)
        with self.counted(f'wasl_claims_total{{outcome="declined",reason="{claim_reason}"}}'):
            with self.connect(PROVIDER) as connection:
                answer = connection.ask(claim, languages=[pb.ENGLISH])
                self.assertEqual(body(answer).outcome, pb.ClaimAnswer.DECLINED)
                self.assertEqual(body(answer).reason, getattr(pb, claim_reason))
                if line_reason:
                    self.assertEqual(body(answer).lines[0].reason, getattr(pb, line_reason))
                again = connection.ask(claim)
        self.assertEqual((again.body, again.repeat), (answer.body, True))

    def test_a_card(self):
        self.declined(lambda claim: setattr(claim.card, "number", "0000000000000000"),
                      "CARD_UNKNOWN")

    def test_a_fund(self):
        self.declined(lambda claim: setattr(claim.card, "fund", "NOFUND"), "CARD_PROOF_INVALID")

    def test_a_beneficiary(self):
        self.declined(lambda claim: setattr(claim, "beneficiary_rank", 15),
                      "BENEFICIARY_NOT_COVERED")

    def test_a_product(self):
        self.declined(lambda claim: setattr(claim.lines[0], "product_code", "NOPRODUCT"),
                      "NO_PAYABLE_LINE", "PRODUCT_UNKNOWN")

    def test_a_provider(self):
        self.declined(lambda claim: setattr(claim, "provider_id", OTHER_PROVIDER),
                      "PROVIDER_UNKNOWN")


class Roles(BadInput):
    def not_permitted(self, role, id, request):
        with self.counted('wasl_refused_total{cause="not_permitted"}'):
            with network.connect(role, id) as connection:
                self.is_refused(connection.ask(request), pb.Refused.NOT_PERMITTED, "role")
                self.assertEqual(connection.ask(echo()), echo())

    def test_a_desk_that_submits(self):
        self.not_permitted("desk", plain_network.DESK, network.claim(PROVIDER, self.household()))

    def test_a_provider_that_reports_a_card(self):
        self.not_permitted("provider", PROVIDER, pb.ReportCard(
            request_id=request_id(), card_number=plain_network.card_number(0),
            action=pb.OPPOSE_LOST))

    def test_a_centre_that_feeds(self):
        self.not_permitted("centre", plain_network.CENTRE, pb.PutPrescriber(
            batch_id=request_id(), items=[pb.Prescriber(id="M1", name="x", source_version=2)]))


class Participants(BadInput):
    def test_unregistered_it_is_told_so_and_closed(self):
        with self.counted('wasl_refused_total{cause="not_registered"}'):
            with network.connect("provider", "99-999999") as connection:
                answer = connection.ask(network.claim("99-999999", self.household()))
                self.is_refused(answer, pb.Refused.NOT_REGISTERED)
                with self.assertRaises(Closed):
                    connection.receive()

    def test_suspended_it_may_repeat_ask_and_reverse_and_nothing_else(self):
        with self.connect(SUSPENDED) as connection:
            claim = network.claim(SUSPENDED, self.household())
            answered = self.is_approved(connection.ask(claim))
            self.suspend(SUSPENDED)
            with self.counted('wasl_refused_total{cause="participant_suspended"}'):
                refused = connection.ask(network.claim(SUSPENDED, self.household()))
                self.is_refused(refused, pb.Refused.PARTICIPANT_SUSPENDED)
            self.assertEqual(connection.ask(claim).body, answered.body)
            status = connection.ask(pb.GetClaim(original_request_id=claim.request_id))
            self.assertEqual(status.finding, pb.StatusAnswer.FOUND)
            reversal = connection.ask(pb.ReverseClaim(
                request_id=request_id(), original_request_id=claim.request_id, cause=pb.NO_ANSWER))
            self.assertEqual(body(reversal).effect, pb.ReversalAnswer.RELEASED)
            self.reads_its_past(connection)

    def reads_its_past(self, connection):
        fund, day = plain_network.FUND, today()
        for request, page in ((pb.ListClaims(**{"from": day, "until": day}), pb.ClaimsPage),
                              (pb.ListPostings(fund=fund), pb.PostingsPage),
                              (pb.ListBordereaux(fund=fund), pb.BordereauxPage),
                              (pb.GetBordereau(fund=fund, number=1), pb.BordereauxPage),
                              (pb.Reconcile(fund=fund, date=day), pb.ReconciliationPage)):
            self.assertIsInstance(connection.ask(request), page)

    def suspend(self, provider):
        item = pb.Registration(id=provider, suspended=True, name="Pharmacie",
                               centre_id=plain_network.CENTRE, source_version=2)
        item.agreements.add(fund=plain_network.FUND, in_force={"from": "2020-01-01"})
        with network.connect("fund", plain_network.FUND) as connection:
            answer = connection.ask(pb.PutProvider(batch_id=request_id(), items=[item]))
        self.assertEqual(body(answer.items[0].answer).reason, pb.REASON_NONE)


if __name__ == "__main__":
    unittest.main(verbosity=2)
