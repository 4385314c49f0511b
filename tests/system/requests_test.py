"""Each request of the protocol by each role, over TLS against `wasl serve`: who may gets what the
request promises, who may not gets NOT_PERMITTED, which is counted. Prior agreements and feeds are
feeds_test.py's.

Usage: WASL_BINARY=... requests_test.py
"""

import itertools
import re
import unittest

import card_proof
import plain_network as plain
from client import SOURCE, body, is_refused, pb, request_id
from network_case import NetworkCase, P, product, rulebook
from plain_network import CENTRE, PROVIDERS, card_number, insured
from plain_requests import account, batch, interval, listing, registration, report, reversal, status
from switch import Network, today

Q = PROVIDERS[1]
REFUSED_SERIES = 'wasl_refused_total{cause="not_permitted"}'


def documented_reasons():
    """Reason name to its row of decline_reasons.md: check, number, remedy, words of 3 languages."""
    document = (SOURCE / "docs/decline_reasons.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (\d+) \| `(\w+)` \| `(\w+)` \| (.*) \|$", document, re.M)
    return {name: (int(check), int(number), remedy, words.split(" | "))
            for check, number, name, remedy, words in rows}


class Requests(NetworkCase):
    # Roles.

    def every_request(self):
        """The roles that may, and a request that is well formed for them."""
        claim = self.claim()
        return [
            (" ".join(self.senders), pb.Echo(data=b"here")),
            ("provider", self.claim()),
            ("centre operator:centre", self.refund()),
            ("provider", self.network.quote(P, self.household)),
            ("centre operator:centre", self.refund(kind=pb.QuoteClaim)),
            ("provider centre operator:centre", reversal(claim)),
            ("provider centre operator:centre", status(claim)),
            ("provider centre operator:centre", status(claim, close=True)),
            ("provider centre operator:centre", listing()),
            ("centre desk operator:centre", self.look_up(pb.GetRights, pb.BY_TELEPHONE)),
            ("centre operator:centre", self.look_up(pb.UpdateCard, pb.AT_COUNTER)),
            ("centre fund operator:centre operator:fund", report(self.household, pb.LIFT)),
            ("provider centre operator:centre", self.wish(product_code="T01")),
            ("fund operator:fund", self.decision(1)),
            ("fund operator:fund", pb.ListPriorAgreements()),
            ("fund operator:fund", pb.ListBalances()),
            ("provider centre fund operator:centre operator:fund", pb.ListPostings(fund=plain.FUND)),
            ("provider centre fund operator:centre operator:fund",
             pb.Reconcile(fund=plain.FUND, date=today())),
            ("provider", pb.CloseBordereau(
                request_id=request_id(), fund=plain.FUND, up_to=1, digest=bytes(32),
                signing_key=b"key", signature=b"signature")),
            ("provider fund operator:fund", pb.ListBordereaux(fund=plain.FUND)),
            ("provider", self.correction(claim)),
            ("operator:centre operator:fund", pb.ReviewBordereau(
                request_id=request_id(), fund=plain.FUND, number=1, accept_rest=True,
                provider=pb.ParticipantName(role=pb.PROVIDER, id=P))),
            ("operator:centre operator:fund", pb.ReduceClaim(
                request_id=request_id(), fund=plain.FUND, number=1, claim_id=1,
                provider=pb.ParticipantName(role=pb.PROVIDER, id=P), reason=pb.WRONG_TARIF)),
            ("operator:centre operator:fund", pb.ListReviews()),
            ("operator:centre operator:fund", pb.SetPayoutAccount(
                request_id=request_id(), payee=pb.Payee(insured_number=insured(self.household)),
                payout_account="00799999002345678941")),
            ("operator:centre operator:fund", pb.ListPayoutChanges()),
            ("operator:fund", pb.ProposeRun(request_id=request_id(), value_date=today(1))),
            ("operator:fund", pb.CollectRun(request_id=request_id(), run=1)),
            ("operator:fund", pb.ApproveRun(request_id=request_id(), run=1, payouts=1, total_cents=1)),
            ("operator:fund", pb.CancelRun(request_id=request_id(), run=1)),
            ("operator:fund", pb.ListOwed()),
            ("operator:fund", pb.ListReceivables()),
            ("operator:fund", pb.ListRuns()),
            ("operator:fund", pb.ListPayouts(run=1)),
            ("operator:fund", pb.ExportRun(request_id=request_id(), run=1, payouts_per_file=100)),
            ("operator:fund", pb.GetBankFile(run=1, file=1)),
            ("operator:fund", pb.OpenStatusFile(
                request_id=request_id(), message_id="BANK-1", sha256=bytes(32), entries=1)),
            ("operator:fund", pb.ReceiveStatuses(
                request_id=request_id(), file=1, part=1,
                entries=[pb.StatusEntry(run=1, number=1, word=pb.BANK_ACCEPTED)])),
            ("operator:fund", pb.ApplyStatuses(request_id=request_id(), file=1)),
            ("operator:fund", pb.DropStatusFile(request_id=request_id(), file=1)),
            ("operator:fund", pb.ListStatusFiles()),
            ("fund", batch(pb.PutAccount, account(self.household, 1))),
            ("fund", batch(pb.PutCard, pb.CardItem(
                insured_number=insured(self.household), card=account(self.household, 1).cards[0],
                source_version=1))),
            ("fund", batch(pb.PutProvider, registration(P, 1))),
            ("fund", batch(pb.PutCentre, pb.Registration(id=CENTRE, source_version=1))),
            ("fund", batch(pb.PutPrescriber, pb.Prescriber(id="M1", source_version=1))),
            ("authority", batch(pb.PutProduct, product("T01"))),
            ("authority", batch(pb.PutTarif, pb.Tarif(
                catalogue=plain.CATALOGUE, inn="NONE", in_force=interval("2020-01-01"),
                amount_cents=1, source_version=1))),
            ("authority", batch(pb.PutRulebook, rulebook(1))),
        ]

    def test_every_request_is_permitted_to_its_roles_alone_and_others_are_counted(self):
        before = self.network.metrics().get(REFUSED_SERIES, 0)
        refused = 0
        for roles, request in self.every_request():
            for role, connection in self.senders.items():
                answer = connection.ask(request)
                not_permitted = is_refused(answer, pb.Refused.NOT_PERMITTED)
                name = f"{request.DESCRIPTOR.name} by {role}: {answer}"
                self.assertEqual(not_permitted, role not in roles.split(), name)
                self.assertTrue(not_permitted or not is_refused(answer), name)
                refused += not_permitted
        self.assertEqual(self.network.metrics()[REFUSED_SERIES] - before, refused)

    def test_a_role_comes_before_the_fields(self):
        for roles, request in self.every_request():
            empty = type(request)()
            if isinstance(empty, pb.Echo):
                continue
            for role, connection in self.senders.items():
                if role in roles.split() or type(request) in (
                        pb.SubmitClaim, pb.QuoteClaim, pb.GetRights, pb.UpdateCard):
                    continue
                answer = connection.ask(empty)
                self.assertTrue(is_refused(answer, pb.Refused.NOT_PERMITTED), f"{role}: {answer}")

    # Claims.

    @staticmethod
    def correction(original):
        return pb.CorrectClaim(
            request_id=request_id(), original_request_id=original.request_id, terminal_id="T1",
            prescription=original.claim.prescription, lines=original.claim.lines)

    def test_a_quote_tells_what_would_be_and_has_no_effect(self):
        for _ in range(3):
            quote = self.network.quote(P, self.household, products=["T01", "NONE"])
            answer = self.provider.ask(quote)
            told = body(answer)
            self.assertTrue(told.quote)
            self.assertEqual((told.claim_id, answer.HasField("receipt"), answer.state_now),
                             (0, False, pb.STATE_UNKNOWN))
            self.assertEqual(told.prescriptions_left, 1)
            found = self.provider.ask(status(quote))
            self.assertEqual(found.finding, pb.StatusAnswer.NOT_SEEN)
            self.network.card(self.household).counter -= 1  # Not used up.
        claim = self.claim(products=["T01", "NONE"])
        decided = body(self.provider.ask(claim))
        self.assertEqual((decided.outcome, decided.lines[0], decided.lines[1]),
                         (told.outcome, told.lines[0], told.lines[1]))
        self.assertEqual(self.network.card(self.household).counter, 1)

    def test_a_refund_is_paid_through_a_centre_without_a_card(self):
        paid = self.approved(self.centre, self.refund())
        self.assertEqual((paid.insurer_cents, paid.patient_cents), (40000, 10000))
        self.assertFalse(paid.HasField("prescriptions_left"))
        refund = self.refund(products=["T03"])
        self.approved(self.centre, refund)
        self.assertEqual(self.provider.ask(status(refund)).finding, pb.StatusAnswer.NOT_SEEN)
        self.assertEqual(self.centre.ask(status(refund)).state_now, pb.APPROVED)
        self.assertEqual(body(self.centre.ask(reversal(refund))).effect, pb.ReversalAnswer.RELEASED)
        self.assertEqual(self.centre.ask(status(refund)).state_now, pb.REVERSED)
        quoted = body(self.centre.ask(self.refund(kind=pb.QuoteClaim, products=["T02"])))
        self.assertEqual(quoted.outcome, pb.ClaimAnswer.APPROVED)

    def test_texts_and_a_trace_stand_beside_an_answer_as_documented(self):
        claim = self.claim()
        claim.claim.beneficiary_rank = 9
        self.network.sign(claim, self.household)
        languages = [pb.ARABIC, pb.FRENCH, pb.ENGLISH]
        answer = self.provider.ask(claim, languages=languages, trace=True)
        check, number, remedy, words = documented_reasons()["BENEFICIARY_NOT_COVERED"]
        self.assertEqual(body(answer).reason, number)
        self.assertEqual([(text.language, text.reason, pb.Remedy.Name(text.remedy), text.meaning)
                          for text in answer.texts],
                         [(language, number, remedy, meaning)
                          for language, meaning in zip(languages, words)])
        checks = [step.check for step in answer.trace]
        self.assertEqual(checks, sorted(checks))
        self.assertEqual([step.passed for step in answer.trace],
                         [True] * (len(checks) - 1) + [False])
        self.assertEqual((checks[-1], answer.trace[-1].line), (check, -1))
        again = self.provider.ask(claim, languages=[pb.FRENCH], trace=True)
        self.assertEqual(([text.language for text in again.texts], len(again.trace)),
                         ([pb.FRENCH], 0))
        self.assertEqual(again.body, answer.body)

    def pages(self, connection, page_size):
        """All of the listing, page by page."""
        request = listing()
        request.page_size = page_size
        found = []
        while True:
            page = connection.ask(request)
            self.assertLessEqual(len(page.claims), page_size or 100)
            found.extend(page.claims)
            if not page.next_from:
                return found
            setattr(request, "from", page.next_from)
            request.after = page.next_after

    def test_claims_are_listed_by_day_page_by_page_own_ones_alone(self):
        claims = []
        with self.network.connect("provider", Q) as own:
            for household in itertools.islice(self.households, 7):
                claims.append(self.network.claim(Q, household))
                self.approved(own, claims[-1])
            own.ask(reversal(claims[3]))
            own.ask(status(self.claim(), close=True))  # A tombstone is no claim.
            listed = self.pages(own, 0)
            self.assertEqual([claim.request_id for claim in listed],
                             [claim.request_id for claim in claims])
            self.assertEqual([claim.state_now for claim in listed],
                             [pb.REVERSED if i == 3 else pb.APPROVED for i in range(7)])
            self.assertEqual({claim.insurer_cents for claim in listed}, {40000})
            for page_size in (1, 3, 7, 100):
                self.assertEqual(self.pages(own, page_size), listed)
            other_days = pb.ListClaims(until=today(-3))
            setattr(other_days, "from", "1900-01-01")
            self.assertEqual(own.ask(other_days), pb.ClaimsPage())

    # Rights and cards.

    def test_rights_are_told_to_a_provider_with_proof_and_to_centre_and_desk_without(self):
        asked = [(self.provider, self.look_up(pb.GetRights, pb.CARD_PRESENTED, P)),
                 (self.centre, self.look_up(pb.GetRights, pb.AT_COUNTER)),
                 (self.desk, self.look_up(pb.GetRights, pb.BY_TELEPHONE))]
        self.approved(self.provider, self.claim())
        for connection, request in asked:
            rights = self.granted(connection, request)
            self.assertEqual([(each.rank, each.open, each.until, each.prescriptions_left)
                              for each in rights.beneficiaries],
                             [(1, True, "2199-12-31", 1), (2, True, "2199-12-31", 2)])
            self.assertTrue(connection.ask(request).repeat)

    def test_a_card_looked_at_by_a_provider_uses_its_counter(self):
        request = self.look_up(pb.GetRights, pb.CARD_PRESENTED, P)
        self.granted(self.provider, request)
        self.network.card(self.household).counter -= 1
        answer = body(self.provider.ask(self.look_up(pb.GetRights, pb.CARD_PRESENTED, P)))
        self.assertEqual(answer.reason, pb.CARD_PROOF_REPLAYED)
        self.assertFalse(answer.beneficiaries)
        unproven = self.look_up(pb.GetRights, pb.CARD_PRESENTED, P)
        unproven.ClearField("proofs")
        answer = body(self.provider.ask(unproven))
        self.assertEqual((answer.reason, len(answer.beneficiaries)), (pb.CARD_PROOF_INVALID, 0))

    def test_an_update_makes_a_new_card_serve(self):
        for connection, purpose, provider in ((self.provider, pb.CARD_PRESENTED, P),
                                              (self.centre, pb.AT_COUNTER, "")):
            self.household = self.households_max + next(self.households)
            self.taken(self.fund, pb.PutAccount, account(self.household, 1))
            declined = body(self.provider.ask(self.claim()))
            self.assertEqual((declined.reason, declined.rights_until),
                             (pb.CARD_UPDATE_REQUIRED, ""))
            updated = self.granted(connection, self.look_up(pb.UpdateCard, purpose, provider))
            self.assertGreater(updated.rights_until, today(360))
            paid = self.approved(self.provider, self.claim())
            self.assertEqual(paid.rights_until, updated.rights_until)

    def test_a_report_bars_a_card_and_is_lifted(self):
        for connection in (self.centre, self.fund):
            for action, reason in ((pb.OPPOSE_LOST, pb.CARD_OPPOSED),
                                   (pb.OPPOSE_STOLEN, pb.CARD_OPPOSED),
                                   (pb.BLACKLIST, pb.CARD_BLACKLISTED)):
                self.granted(connection, report(self.household, action))
                self.assertEqual(body(self.provider.ask(self.claim())).reason, reason)
                self.granted(connection, report(self.household, pb.LIFT))
            self.granted(connection, report(self.household, pb.BLACKLIST, until=today()))
            self.assertEqual(body(self.provider.ask(self.claim())).reason, pb.CARD_BLACKLISTED)
            self.granted(connection, report(self.household, pb.LIFT))
            self.granted(connection, report(self.household, pb.BLACKLIST, until=today(-1)))
            quote = self.network.quote(P, self.household)
            self.assertEqual(body(self.provider.ask(quote)).outcome, pb.ClaimAnswer.APPROVED)

    def test_a_replaced_card_is_final_and_the_new_one_serves(self):
        new = pb.Card(number=f"NEW{self.household}", kind=pb.Card.FAMILY, key_version=1,
                      active=True)
        self.taken(self.fund, pb.PutCard, pb.CardItem(
            insured_number=insured(self.household), card=new, source_version=2))
        self.granted(self.centre, report(self.household, pb.REPLACE, replacement=new.number))
        self.assertEqual(body(self.provider.ask(self.claim())).reason, pb.CARD_REPLACED)
        lifted = body(self.centre.ask(report(self.household, pb.LIFT)))
        self.assertEqual(lifted.reason, pb.NOTHING_TO_LIFT)
        update = self.look_up(pb.UpdateCard, pb.AT_COUNTER)
        update.card.number = new.number
        self.granted(self.centre, update)
        claim = self.claim()
        claim.claim.card.number = new.number
        holder = card_proof.KeyHolder.card(self.network.master(plain.FUND), plain.FUND, new.number)
        self.approved(self.provider,
                      card_proof.sign(claim, holder, self.network.professional(P)))


    def test_a_fund_that_there_is_not_is_no_empty_page(self):
        mistyped = plain.FUND[::-1]
        for request in (pb.ListPostings(fund=mistyped), pb.ListBordereaux(fund=mistyped),
                        pb.GetBordereau(fund=mistyped, number=1),
                        pb.Reconcile(fund=mistyped, date=today())):
            answer = self.provider.ask(request)
            self.assertTrue(is_refused(answer), answer)
            self.assertEqual((answer.code, answer.field), (pb.Refused.MALFORMED, "fund"))


class LookUps(unittest.TestCase):
    def test_rights_without_a_card_are_limited_per_certificate_and_minute(self):
        network = Network(2, {"connections.look_ups_per_minute": 3})
        self.addCleanup(network.remove)
        network.start()
        desk = network.connect("desk", plain.DESK)
        provider = network.connect("provider", P)
        self.addCleanup(desk.close)
        self.addCleanup(provider.close)

        def look_up(**more):
            return pb.GetRights(
                request_id=request_id(), terminal_id="T1",
                card=pb.CardReference(number=card_number(0), fund=plain.FUND, key_version=1),
                **more)

        answers = [desk.ask(look_up(purpose=pb.BY_TELEPHONE)) for _ in range(4)]
        self.assertEqual([is_refused(answer) for answer in answers], [False] * 3 + [True])
        self.assertEqual((answers[3].code, answers[3].cause), (pb.Refused.BUSY, pb.Refused.RATE))
        self.assertTrue(1 <= answers[3].retry_after_ms <= 60000)
        for _ in range(4):  # With the card's proof there is no limit.
            proven = look_up(purpose=pb.CARD_PRESENTED, provider_id=P)
            answer = provider.ask(card_proof.sign(proven, network.card(0)))
            self.assertEqual(body(answer).reason, pb.REASON_NONE)
        self.assertEqual(network.metrics()['wasl_busy_total{cause="rate"}'], 1)
        network.stop()
        self.assertTrue(network.verify()["ok"])


if __name__ == "__main__":
    unittest.main()
