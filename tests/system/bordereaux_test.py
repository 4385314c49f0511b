"""A pharmacy's end of day: signed lists compared with what the switch holds, bordereaux cut from
them, and everything that a closing refuses, with kill -9 between any two steps. The signed bytes are
made here from docs/wire_protocol.md alone. Against `wasl serve`.

Usage: WASL_BINARY=... bordereaux_test.py
"""

import csv
import hashlib
import io
import json
import struct
import unittest

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

import plain_network as plain
from client import body, is_refused, pb, request_id
from network_case import P, NetworkCase
from plain_network import PROVIDERS
from plain_requests import batch, interval, reversal, status
from switch import today

SHARE = plain.PRICE_CENTS * 8 // 10
Q = PROVIDERS[1]


def code(text):
    return bytes([len(text)]) + text.encode()


def signed_list(provider, closing):
    """What is hashed and signed."""
    claims = b"".join(struct.pack(">Qq", each.claim_id, each.insurer_cents)
                      for each in closing.claims)
    return (b"wasl/bordereau/1" + code(provider) + code(closing.fund) +
            struct.pack(">QIq", closing.up_to, closing.count, closing.total_cents) + claims)


def public_der(key):
    return key.public_key().public_bytes(serialization.Encoding.DER,
                                         serialization.PublicFormat.SubjectPublicKeyInfo)


def sign(closing, key, provider):
    content = signed_list(provider, closing)
    closing.digest = hashlib.sha256(content).digest()
    closing.signing_key = public_der(key)
    closing.signature = key.sign(content, ec.ECDSA(hashes.SHA256()))
    return closing


class Bordereaux(NetworkCase):
    households_max = 400

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keys = {id: ec.generate_private_key(ec.SECP256R1()) for id in PROVIDERS}
        cls.versions = dict.fromkeys(PROVIDERS, 1)
        for id in PROVIDERS[:2]:
            cls.register(id, public_der(cls.keys[id]))

    @classmethod
    def register(cls, id, signing_key):
        cls.versions[id] += 1
        agreements = [pb.FundAgreement(fund=plain.FUND, in_force=interval("2020-01-01"))]
        item = pb.Registration(id=id, agreements=agreements, centre_id=plain.CENTRE,
                               signing_key=signing_key, source_version=cls.versions[id])
        answer = cls.senders["fund"].ask(batch(pb.PutProvider, item))
        assert body(answer.items[0].answer).reason == pb.REASON_NONE, answer

    def closing(self, *claims, provider=P, **changes):
        """Signed, of (claim id, centimes), up to the last of them unless said otherwise."""
        made = pb.CloseBordereau(request_id=request_id(), fund=plain.FUND,
                                 up_to=claims[-1][0] if claims else 1, count=len(claims),
                                 total_cents=sum(cents for _, cents in claims))
        for claim, cents in claims:
            made.claims.add(claim_id=claim, insurer_cents=cents)
        for name, value in changes.items():
            setattr(made, name, value)
        return sign(made, self.keys[provider], provider)

    def sale(self, connection=None, provider=P, products=("T01",)):
        """(claim id, centimes) of an approved claim of a fresh household, and its request."""
        household = next(self.households)
        request = self.network.claim(provider, household, products=products)
        answer = self.approved(connection or self.provider, request)
        return (answer.claim_id, answer.insurer_cents), request

    def closed(self, *claims):
        answer = body(self.provider.ask(self.closing(*claims)))
        self.assertEqual(answer.reason, pb.REASON_NONE, answer)
        return answer

    def refused(self, closing, reason):
        """Nothing changed but the answer."""
        before = self.listing()
        answer = body(self.provider.ask(closing))
        self.assertEqual(answer.reason, reason, answer)
        self.assertEqual(list(answer.bordereaux), [])
        self.assertEqual(self.listing(), before)
        return answer

    def listing(self, connection=None, **request):
        found, request = [], pb.ListBordereaux(page_size=2, **({"fund": plain.FUND} | request))
        of_all = connection is not None and not request.HasField("provider")
        while True:
            page = (connection or self.provider).ask(request)
            self.assertIsInstance(page, pb.BordereauxPage, page)
            found.extend(page.bordereaux)
            if not page.next_after:
                return found
            request.after = page.next_after
            if of_all:
                request.after_provider.CopyFrom(page.next_provider)

    def one(self, number):
        [found] = self.provider.ask(pb.GetBordereau(fund=plain.FUND, number=number)).bordereaux
        return found

    def flush(self):
        """Presents whatever earlier tests left."""
        listed = self.listing()
        after = listed[-1].up_to if listed else 0
        sets = []
        while True:
            page = self.provider.ask(pb.ListPostings(fund=plain.FUND, after=after))
            sets.extend(page.sets)
            after = page.next_after
            if not after:
                break
        gone = {each.claim_id for each in sets if each.cause == pb.REVERSAL}
        waiting = [(each.claim_id, each.postings[0].debit_cents) for each in sets
                   if each.cause == pb.APPROVAL and each.claim_id not in gone]
        if waiting:
            self.closed(*waiting)

    def setUp(self):
        super().setUp()
        self.flush()

    # What a closing does.

    def test_an_equal_list_is_cut_into_bordereaux_of_twenty(self):
        sales = [self.sale() for _ in range(23)]
        claims = [claim for claim, _ in sales]
        answer = self.closed(*claims)
        first, second = answer.bordereaux
        self.assertEqual((first.count, first.total_cents), (20, 20 * SHARE))
        self.assertEqual((second.number, second.count), (first.number + 1, 3))
        self.assertEqual(answer.due, today(15))
        shown = self.one(second.number)
        self.assertEqual([each.claim_id for each in shown.claims],
                         [claim for claim, _ in claims[20:]])
        self.assertEqual([each.request_id for each in shown.claims],
                         [request.request_id for _, request in sales[20:]])
        self.assertEqual((shown.up_to, shown.due), (claims[-1][0], today(15)))

    def test_presented_claims_say_so_and_can_no_longer_be_reversed(self):
        claim, request = self.sale()
        first_answer = self.provider.ask(request)
        self.closed(claim)
        self.assertEqual(self.provider.ask(status(request)).state_now, pb.PRESENTED)
        answer = self.provider.ask(reversal(request))
        self.assertEqual(body(answer).effect, pb.ReversalAnswer.NOT_DONE)
        self.assertEqual(body(answer).reason, pb.ALREADY_PRESENTED)
        again = self.provider.ask(request)
        self.assertEqual((again.body, again.state_now), (first_answer.body, pb.PRESENTED))

    def test_the_stored_answer_comes_again(self):
        claim, _ = self.sale()
        request = self.closing(claim)
        first = self.provider.ask(request)
        again = self.provider.ask(request)
        self.assertEqual((again.body, again.repeat), (first.body, True))
        request.up_to += 1
        self.assertTrue(is_refused(self.provider.ask(request), pb.Refused.REQUEST_ID_REUSED))

    def test_reversed_claims_are_not_presented_and_later_ones_wait(self):
        taken_back, request = self.sale()
        self.provider.ask(reversal(request))
        kept, _ = self.sale()
        later, later_request = self.sale()
        self.refused(self.closing(taken_back, kept), pb.BORDEREAU_DIFFERS)
        self.closed(kept)
        self.assertEqual(self.provider.ask(status(later_request)).state_now, pb.APPROVED)
        self.closed(later)

    def test_a_closing_survives_a_kill_and_the_ledger_stays_in_balance(self):
        claim, request = self.sale()
        closing = self.closing(claim)
        answer = self.provider.ask(closing)
        self.restart()
        self.assertEqual(self.provider.ask(closing).body, answer.body)
        self.assertEqual(self.provider.ask(status(request)).state_now, pb.PRESENTED)
        page = self.fund.ask(pb.ListBalances())
        self.assertEqual(sum(each.debit_cents for each in page.balances),
                         sum(each.credit_cents for each in page.balances))

    def test_pharmacies_close_apart_and_their_fund_sees_all(self):
        mine, _ = self.sale()
        self.closed(mine)
        with self.network.connect("provider", Q) as other:
            theirs, _ = self.sale(other, Q)
            answer = other.ask(self.closing(theirs, provider=Q))
            self.assertEqual(body(answer).reason, pb.REASON_NONE)
            self.assertEqual({each.provider.id for each in self.listing(other)}, {Q})
        everything = self.listing(self.fund, fund="")
        self.assertLessEqual({P, Q}, {each.provider.id for each in everything})
        keys = [(each.provider.id, each.number) for each in everything]
        self.assertEqual(keys, sorted(keys))
        name = pb.ParticipantName(role=pb.PROVIDER, id=P)
        self.assertEqual(self.listing(self.fund, fund="", provider=name), self.listing())

    # What it refuses.

    def test_each_difference_is_named(self):
        first, _ = self.sale()
        second, _ = self.sale()
        unknown = (1, 5)  # The first record is no claim's.
        answer = self.refused(self.closing(unknown, (second[0], SHARE - 1)),
                              pb.BORDEREAU_DIFFERS)
        sides = pb.ListDifference
        self.assertEqual([(each.claim_id, each.side, each.held_cents)
                          for each in answer.differences],
                         [(unknown[0], sides.ONLY_LISTED, 0),
                          (first[0], sides.ONLY_HELD, SHARE),
                          (second[0], sides.AMOUNT_DIFFERS, SHARE)])

    def test_another_pharmacys_claim_is_none_of_mine(self):
        with self.network.connect("provider", Q) as other:
            theirs, _ = self.sale(other, Q)
            answer = self.refused(self.closing(theirs), pb.BORDEREAU_DIFFERS)
            self.assertEqual(answer.differences[0].side, pb.ListDifference.ONLY_LISTED)
            self.assertEqual(body(other.ask(self.closing(theirs, provider=Q))).reason,
                             pb.REASON_NONE)

    def test_a_list_that_contradicts_itself_or_its_signature(self):
        claim, _ = self.sale()
        self.refused(self.closing(up_to=claim[0]), pb.BORDEREAU_EMPTY)
        self.refused(self.closing(claim, count=2), pb.BORDEREAU_COUNT_WRONG)
        self.refused(self.closing(claim, total_cents=SHARE + 1), pb.BORDEREAU_TOTAL_WRONG)
        wrong = self.closing(claim)
        wrong.digest = bytes(32)
        self.refused(wrong, pb.BORDEREAU_DIGEST_WRONG)
        wrong = self.closing(claim)
        wrong.signature = self.closing(claim, up_to=claim[0] + 1).signature
        self.refused(wrong, pb.SIGNATURE_INVALID)
        self.refused(sign(self.closing(claim), self.keys[Q], P), pb.SIGNATURE_INVALID)
        wrong = self.closing(claim)
        wrong.signing_key, wrong.signature = b"no key", b"no signature"
        self.refused(wrong, pb.SIGNATURE_INVALID)
        self.refused(self.closing(claim, fund="NONE"), pb.FUND_UNKNOWN)
        self.closed(claim)

    def test_a_closing_beyond_the_journal_or_behind_the_last_one(self):
        claim, _ = self.sale()
        self.refused(self.closing(claim, up_to=claim[0] + 1000000), pb.BORDEREAU_AHEAD)
        self.closed(claim)
        self.refused(self.closing(claim), pb.BORDEREAU_CLOSED_ALREADY)

    def test_a_pharmacy_without_a_registered_key(self):
        stranger = PROVIDERS[2]
        with self.network.connect("provider", stranger) as connection:
            claim, _ = self.sale(connection, stranger)
            answer = body(connection.ask(self.closing(claim, provider=stranger)))
            self.assertEqual(answer.reason, pb.SIGNING_KEY_MISSING)
            self.register(stranger, public_der(self.keys[stranger]))
            answer = body(connection.ask(self.closing(claim, provider=stranger)))
            self.assertEqual(answer.reason, pb.REASON_NONE)

    # The command line.

    def terminal(self, *arguments, code=0):
        return self.typed(*arguments, code=code).stdout

    def terminal_error(self, *arguments, code=0):
        return self.typed(*arguments, code=code).stderr

    def typed(self, *arguments, code=0):
        identity = self.network.identity("provider", P)
        key = self.network.directory / "signing.pem"
        key.write_bytes(self.keys[P].private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption()))
        if "close-day" in arguments:
            arguments += ("--signing-key", str(key))
        return self.network.wasl(
            "terminal", *arguments, "--fund", plain.FUND,
            "--server", f"localhost:{self.network.address[1]}",
            "--certificate", str(identity.certificate), "--key", str(identity.key),
            "--authority", str(identity.authority),
            "--outbox", str(self.network.directory / "outbox"), code=code)

    def test_a_terminal_closes_its_day_and_shows_what_is_promised(self):
        sales = [self.sale()[0] for _ in range(3)]
        text = self.terminal("close-day")
        self.assertIn(f"{3 * SHARE / 100:,.2f}", text)
        self.assertIn(today(15), text)
        self.assertEqual(self.terminal("close-day"), "nothing waits to be presented\n")
        rows = list(csv.DictReader(io.StringIO(self.terminal("bordereaux", "--csv"))))
        self.assertEqual(rows[-1]["total_cents"], str(3 * SHARE))
        shown = json.loads(self.terminal("bordereaux", "--number", rows[-1]["number"], "--json"))
        self.assertEqual([each["claim_id"] for each in shown["claims"]],
                         [claim for claim, _ in sales])
        self.assertIn(rows[-1]["due"], self.terminal("bordereaux"))

    def test_a_terminal_is_reminded_of_what_waits(self):
        self.sale()
        self.assertIn(f"waiting to be presented: 1 claim of {SHARE / 100:.2f}", self.terminal("bordereaux"))
        self.terminal("close-day")
        self.assertNotIn("waiting", self.terminal("bordereaux"))

    def test_a_terminal_compares_its_own_records(self):
        (claim, cents), _ = self.sale()
        mine = self.network.directory / "mine.csv"
        mine.write_text(f"claim_id,insurer_cents\n{claim},{cents + 1}\n", encoding="utf-8")
        text = self.terminal("close-day", "--list", str(mine), code=2)
        self.assertIn("BORDEREAU_DIFFERS", text)
        self.assertIn(f"{cents / 100:.2f}", text)
        mine.write_text(f"claim_id,insurer_cents\n{claim},{cents}\n", encoding="utf-8")
        self.terminal("close-day", "--list", str(mine))

    def test_a_terminal_closes_nothing_of_a_long_list_that_differs_at_its_end(self):
        sales = [self.sale()[0] for _ in range(103)]
        mine = self.network.directory / "mine.csv"

        def listed(claims):
            rows = "".join(f"{claim},{cents}\n" for claim, cents in claims)
            mine.write_text("claim_id,insurer_cents\n" + rows, encoding="utf-8")
            return ("close-day", "--list", str(mine))

        before = self.listing()
        said = self.terminal_error(*listed(sales[:101] + sales[102:]), code=2)
        self.assertIn("nothing was closed", said)
        self.assertIn(f"{sales[101][0]}: ", said)
        self.assertEqual(self.listing(), before)
        self.terminal(*listed(sales))
        self.assertEqual(sum(each.count for each in self.listing()[len(before):]), len(sales))

    def test_a_terminal_is_told_what_its_list_does_not_reach(self):
        first, second, third = (self.sale()[0] for _ in range(3))
        mine = self.network.directory / "mine.csv"
        mine.write_text("claim_id,insurer_cents\n", encoding="utf-8")
        said = self.terminal_error("close-day", "--list", str(mine), code=2)
        self.assertIn(f"3 claims of {3 * SHARE / 100:,.2f} are not in your list", said)
        mine.write_text(f"claim_id,insurer_cents\n{first[0]},{first[1]}\n", encoding="utf-8")
        said = self.terminal_error("close-day", "--list", str(mine))
        self.assertIn(f"2 claims of {2 * SHARE / 100:,.2f} are not in your list and still wait: "
                      f"{second[0]}, {third[0]}", said)
        mine.write_text(f"claim_id,insurer_cents\n{second[0]},{second[1]}\n{third[0]},{third[1]}\n",
                        encoding="utf-8")
        self.assertEqual(self.terminal_error("close-day", "--list", str(mine)), "")
        mine.write_text("claim_id,insurer_cents\n", encoding="utf-8")
        self.assertEqual(self.terminal("close-day", "--list", str(mine)),
                         "nothing waits to be presented\n")


if __name__ == "__main__":
    unittest.main()
