"""The promises about answers, sentence by sentence, over TLS against `wasl serve`. Every order of
the requests about one claim is promises_order_test.py's.

Usage: WASL_BINARY=... promises_test.py
"""

import itertools
import unittest

import card_proof
import plain_network as plain
from client import Closed, body, is_refused, pb, request_id
from plain_network import CENTRE, PROVIDERS, insured
from plain_requests import (account, batch, interval, listing, registration, report, reversal,
                            status)
from switch import Network, today

P, OTHER, SUSPENDED = PROVIDERS[:3]
HOUSEHOLDS = 200


class Promises(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.network = Network(HOUSEHOLDS)
        cls.network.start()
        cls.households = itertools.count()

    @classmethod
    def tearDownClass(cls):
        try:
            cls.network.stop()
            audits = [cls.network.verify(), cls.network.replay()]
        finally:
            cls.network.remove()
        assert all(audit["ok"] for audit in audits), audits

    def connect(self, role, id):
        connection = self.network.connect(role, id)
        self.addCleanup(connection.close)
        return connection

    def setUp(self):
        self.household = next(self.households)
        self.provider = self.connect("provider", P)
        self.fund = self.connect("fund", plain.FUND)

    def claim(self, **options):
        return self.network.claim(P, self.household, **options)

    def approved(self, claim, connection=None):
        answer = (connection or self.provider).ask(claim)
        self.assertEqual(answer.state_now, pb.APPROVED, answer)
        return answer

    def declined(self, claim, reason):
        answer = self.provider.ask(claim)
        self.assertEqual(body(answer).reason, reason)
        return answer

    def feed(self, kind, *items, connection=None):
        """The bodies of a batch's answers."""
        answer = (connection or self.fund).ask(batch(kind, *items))
        self.assertIsInstance(answer, pb.BatchAnswer)
        return [body(item.answer).reason for item in answer.items]

    # The same request.

    def test_the_same_id_and_content_give_the_stored_body_whatever_has_changed_since(self):
        claim = self.claim()
        first = self.approved(claim)
        self.fund.ask(report(self.household, pb.OPPOSE_STOLEN))
        self.feed(pb.PutAccount, account(self.household, 2, beneficiaries=[
            pb.Beneficiary(rank=2, birth_date="1980-05-17")]))
        self.declined(self.claim(), pb.CARD_OPPOSED)
        self.network.kill()
        self.network.start()
        again = self.connect("provider", P).ask(claim)
        self.assertEqual(again.body, first.body)
        self.assertEqual(again.receipt, first.receipt)
        self.assertTrue(again.repeat)

    def test_proofs_correlation_id_and_options_are_no_part_of_the_content(self):
        claim = self.claim()
        first = self.approved(claim)
        self.network.sign(claim, self.household)
        again = self.provider.ask(claim, languages=[pb.ARABIC, pb.FRENCH], trace=True)
        self.assertEqual(again.body, first.body)
        claim.ClearField("proofs")
        self.assertEqual(self.provider.ask(claim).body, first.body)

    def test_a_decline_is_remembered_like_any_answer(self):
        claim = self.claim()
        claim.proofs.card.mac = bytes(8)
        first = self.declined(claim, pb.CARD_PROOF_INVALID)
        self.network.sign(claim, self.household)
        again = self.provider.ask(claim)
        self.assertEqual((again.body, again.state_now), (first.body, pb.DECLINED))

    def test_the_repeat_of_a_reversed_claim_shows_the_old_body_and_reversed(self):
        claim = self.claim()
        first = self.approved(claim)
        self.provider.ask(reversal(claim))
        again = self.provider.ask(claim)
        self.assertEqual((again.body, again.state_now), (first.body, pb.REVERSED))

    def test_the_same_id_with_other_content_has_no_effect(self):
        claim = self.claim()
        first = self.approved(claim)
        other = self.claim(products=["T02"])
        other.request_id = claim.request_id
        refused = self.provider.ask(self.network.sign(other, self.household))
        self.assertTrue(is_refused(refused, pb.Refused.REQUEST_ID_REUSED), refused)
        self.assertEqual(self.provider.ask(claim).body, first.body)
        other.request_id = request_id()  # Neither counter nor product was used up.
        self.network.card(self.household).counter -= 1
        self.approved(self.network.sign(other, self.household))

    def test_an_id_is_unique_over_all_kinds_of_request(self):
        claim = self.claim()
        self.approved(claim)
        rights = pb.GetRights(request_id=claim.request_id, provider_id=P, terminal_id="T1",
                              card=claim.claim.card, purpose=pb.CARD_PRESENTED)
        others = [card_proof.sign(rights, self.network.card(self.household)),
                  pb.ReverseClaim(request_id=claim.request_id, original_request_id=request_id(),
                                  cause=pb.ENTRY_ERROR),
                  pb.RequestPriorAgreement(
                      request_id=claim.request_id, card_number=claim.claim.card.number,
                      beneficiary_rank=1, wanted=interval(today(), today()), product_code="T01"),
                  pb.QuoteClaim(request_id=claim.request_id, claim=claim.claim)]
        for other in others:
            answer = self.provider.ask(other)
            self.assertTrue(is_refused(answer, pb.Refused.REQUEST_ID_REUSED), answer)

    def test_ids_of_another_participant_are_another_name_space(self):
        claim = self.claim()
        self.approved(claim)
        other = self.connect("provider", OTHER)
        self.assertEqual(other.ask(status(claim)).finding, pb.StatusAnswer.NOT_SEEN)
        foreign = other.ask(reversal(claim))
        self.assertEqual(body(foreign).effect, pb.ReversalAnswer.TOMBSTONE)
        self.assertEqual(self.provider.ask(status(claim)).state_now, pb.APPROVED)
        mine = self.network.claim(OTHER, self.household, products=["T02"])
        mine.request_id = self.claim().request_id
        self.approved(self.network.sign(mine, self.household), other)

    def test_the_item_of_a_batch_is_a_request_of_its_own(self):
        put = batch(pb.PutAccount, account(self.household, 2), account(self.household, 2),
                    account(self.household, 3))
        first = self.fund.ask(put)
        reasons = [body(item.answer).reason for item in first.items]
        self.assertEqual(reasons, [pb.REASON_NONE, pb.NOT_NEWER, pb.REASON_NONE])
        again = self.fund.ask(put)
        for before, after in zip(first.items, again.items):
            self.assertEqual((after.answer.body, after.answer.repeat), (before.answer.body, True))
        put.items[1].source_version = 9
        mixed = self.fund.ask(put)
        self.assertTrue(mixed.items[0].answer.repeat and mixed.items[2].answer.repeat)
        self.assertEqual(mixed.items[1].refused.code, pb.Refused.REQUEST_ID_REUSED)

    # What is not remembered.

    def refused_then_taken(self, refused, good, code):
        self.assertEqual(refused.code, code)
        answer = self.provider.ask(good)
        self.assertEqual((answer.state_now, answer.repeat), (pb.APPROVED, False))

    def test_malformed_is_not_remembered(self):
        claim = self.claim()
        broken = pb.SubmitClaim.FromString(claim.SerializeToString())
        broken.claim.lines[0].quantity = 10000
        answer = self.provider.ask(broken)
        self.assertEqual(answer.field, "claim.lines[0].quantity")
        self.refused_then_taken(answer, claim, pb.Refused.MALFORMED)

    def test_not_permitted_is_not_remembered(self):
        claim = self.claim()
        refund = pb.SubmitClaim(request_id=claim.request_id, claim=claim.claim)
        refund.claim.kind = pb.REFUND
        self.refused_then_taken(self.provider.ask(refund), claim, pb.Refused.NOT_PERMITTED)

    def test_busy_is_not_remembered(self):
        slow = Network(HOUSEHOLDS, {"engine.queue_commands": 16})
        self.addCleanup(slow.remove)
        slow.start()
        refused = []
        for product in plain.PRODUCTS:
            claims = [slow.claim(P, household, products=[product])
                      for household in range(HOUSEHOLDS)]
            with slow.connect("provider", P) as connection:
                sent = {connection.send(claim): claim for claim in claims}
                for _ in claims:
                    answered, answer = connection.receive()
                    if is_refused(answer, pb.Refused.BUSY):
                        refused.append(sent[answered])
            if refused:
                break
        self.assertTrue(refused, "the queue was never full")
        with slow.connect("provider", P) as connection:
            for claim in refused:
                self.assertEqual(connection.ask(status(claim)).finding, pb.StatusAnswer.NOT_SEEN)
                answer = connection.ask_until_taken(claim)
                self.assertEqual((answer.state_now, answer.repeat), (pb.APPROVED, False))
        slow.stop()
        self.assertTrue(slow.verify()["ok"])

    # Status, closing, reversal.

    def test_not_seen_is_not_final(self):
        claim = self.claim()
        self.assertEqual(self.provider.ask(status(claim)).finding, pb.StatusAnswer.NOT_SEEN)
        self.approved(claim)

    def test_closed_is_final_and_a_late_original_is_declined_and_remembered(self):
        claim = self.claim()
        self.assertEqual(self.provider.ask(status(claim, close=True)).finding,
                         pb.StatusAnswer.CLOSED)
        self.network.kill()
        self.network.start()
        provider = self.connect("provider", P)
        late = provider.ask(claim)
        self.assertEqual(body(late).reason, pb.CLOSED_BEFORE_ARRIVAL)
        self.assertEqual(late.state_now, pb.CLOSED)
        again = provider.ask(claim)
        self.assertEqual((again.body, again.repeat), (late.body, True))

    def test_a_tombstone_holds_for_any_kind_of_request(self):
        claim = self.claim()
        self.provider.ask(status(claim, close=True))
        rights = pb.GetRights(request_id=claim.request_id, provider_id=P, terminal_id="T1",
                              card=claim.claim.card, purpose=pb.CARD_PRESENTED)
        answer = self.provider.ask(card_proof.sign(rights, self.network.card(self.household)))
        self.assertEqual(body(answer).reason, pb.CLOSED_BEFORE_ARRIVAL)
        self.assertEqual(answer.state_now, pb.CLOSED)

    def test_a_reversal_needs_no_card_and_frees_what_the_claim_counted(self):
        for products in (["T01"], ["T02"]):
            claim = self.claim(products=products)
            self.approved(claim)
        third = self.claim(products=["T03"])
        answer = self.provider.ask(third)
        self.assertEqual(body(answer).lines[0].reason, pb.PRESCRIPTION_COUNT_EXCEEDED)
        released = body(self.provider.ask(reversal(claim)))
        self.assertEqual(released.effect, pb.ReversalAnswer.RELEASED)
        self.assertEqual((released.insurer_cents, released.patient_cents), (40000, 10000))
        self.approved(self.claim(products=["T03"]))

    def test_a_reversal_leaves_the_counter_used(self):
        claim = self.claim()
        self.approved(claim)
        self.provider.ask(reversal(claim))
        self.network.card(self.household).counter -= 1
        self.declined(self.claim(), pb.CARD_PROOF_REPLAYED)

    def test_a_claim_is_named_by_its_id_alone_and_nothing_else_is_a_claim(self):
        claim = self.claim()
        self.approved(claim)
        taken_back = reversal(claim)
        self.provider.ask(taken_back)
        self.assertEqual(self.provider.ask(status(taken_back)).finding, pb.StatusAnswer.NOT_A_CLAIM)
        answer = body(self.provider.ask(reversal(taken_back)))
        self.assertEqual((answer.effect, answer.reason),
                         (pb.ReversalAnswer.NOT_DONE, pb.ORIGINAL_NOT_A_CLAIM))

    def test_a_listing_shows_all_that_was_answered_before_it_was_asked(self):
        last = PROVIDERS[-1]
        writer, reader = self.connect("provider", last), self.connect("provider", last)
        for household in itertools.islice(self.households, 40):
            claim = self.network.claim(last, household)
            self.approved(claim, writer)
            listed = {each.request_id: each.state_now for each in reader.ask(listing()).claims}
            self.assertEqual(listed.get(claim.request_id), pb.APPROVED)
            writer.ask(reversal(claim))
            listed = {each.request_id: each.state_now for each in reader.ask(listing()).claims}
            self.assertEqual(listed.get(claim.request_id), pb.REVERSED)

    # Feeds.

    def test_a_feed_changes_neither_counter_nor_history_nor_rights_until(self):
        claim = self.claim()
        first = self.approved(claim)
        self.assertEqual(self.feed(pb.PutAccount, account(self.household, 2)), [pb.REASON_NONE])
        card = pb.CardItem(insured_number=insured(self.household),
                           card=account(self.household, 3).cards[0], source_version=3)
        self.assertEqual(self.feed(pb.PutCard, card), [pb.REASON_NONE])
        again = self.claim()
        again.claim.prescription.CopyFrom(claim.claim.prescription)
        answer = body(self.provider.ask(self.network.sign(again, self.household)))
        self.assertEqual(answer.lines[0].reason, pb.DUPLICATE_DISPENSING)
        self.assertEqual(answer.rights_until, body(first).rights_until)
        self.network.card(self.household).counter -= 1
        self.declined(self.claim(products=["T02"]), pb.CARD_PROOF_REPLAYED)
        self.assertEqual(self.provider.ask(status(claim)).state_now, pb.APPROVED)

    def test_a_feed_never_lifts_what_was_reported(self):
        bars = [(pb.OPPOSE_LOST, pb.CARD_OPPOSED), (pb.OPPOSE_STOLEN, pb.CARD_OPPOSED),
                (pb.BLACKLIST, pb.CARD_BLACKLISTED)]
        for action, reason in bars:
            self.household = next(self.households)
            self.connect("centre", CENTRE).ask(report(self.household, action))
            self.feed(pb.PutAccount, account(self.household, 2))
            item = pb.CardItem(insured_number=insured(self.household),
                               card=account(self.household, 3).cards[0], source_version=3)
            self.feed(pb.PutCard, item)
            self.declined(self.claim(), reason)
            self.fund.ask(report(self.household, pb.LIFT))
            self.approved(self.claim())

    def test_a_feed_may_add_a_bar_that_a_report_does_not_lift(self):
        barred = account(self.household, 2)
        barred.cards[0].bar = pb.Card.STOLEN
        self.feed(pb.PutAccount, barred)
        self.declined(self.claim(), pb.CARD_OPPOSED)
        lifted = body(self.fund.ask(report(self.household, pb.LIFT)))
        self.assertEqual(lifted.reason, pb.NOTHING_TO_LIFT)
        self.declined(self.claim(), pb.CARD_OPPOSED)

    def test_a_source_version_that_is_not_above_has_no_effect_and_says_so(self):
        steps = [(1, False, pb.NOT_NEWER, pb.REASON_NONE),
                 (5, False, pb.REASON_NONE, pb.CARD_NOT_ACTIVE),
                 (5, True, pb.NOT_NEWER, pb.CARD_NOT_ACTIVE),
                 (4, True, pb.NOT_NEWER, pb.CARD_NOT_ACTIVE),
                 (6, True, pb.REASON_NONE, pb.REASON_NONE)]
        for version, active, said, reason in steps:
            put = account(self.household, version)
            put.cards[0].active = active
            self.assertEqual(self.feed(pb.PutAccount, put), [said])
            quote = self.provider.ask(self.network.quote(P, self.household))
            self.assertEqual(body(quote).reason, reason)

    def test_a_fund_writes_its_own_accounts_only(self):
        other = self.connect("fund", plain.OTHER_FUND)
        taken = account(self.household, 2, fund=plain.OTHER_FUND)
        self.assertEqual(self.feed(pb.PutAccount, taken, connection=other), [pb.NOT_OWNER])
        barred = account(self.household, 2)
        barred.cards[0].active = False
        self.assertEqual(self.feed(pb.PutAccount, barred, connection=other), [pb.NOT_OWNER])
        item = pb.CardItem(insured_number=insured(self.household), card=barred.cards[0],
                           source_version=2)
        self.assertEqual(self.feed(pb.PutCard, item, connection=other), [pb.NOT_OWNER])
        answer = body(other.ask(report(self.household, pb.OPPOSE_LOST)))
        self.assertEqual(answer.reason, pb.NOT_OWNER)
        self.approved(self.claim())

    # Who may speak.

    def suspend(self, suspended, version):
        put = registration(SUSPENDED, version, suspended)
        self.assertEqual(self.feed(pb.PutProvider, put), [pb.REASON_NONE])

    def test_a_suspended_participant_may_still_repeat_query_and_reverse(self):
        before, new = [self.network.claim(SUSPENDED, self.household, products=[product])
                       for product in ("T01", "T02")]
        provider = self.connect("provider", SUSPENDED)
        first = self.approved(before, provider)
        self.suspend(True, 2)
        self.assertTrue(is_refused(provider.ask(new), pb.Refused.PARTICIPANT_SUSPENDED))
        self.assertEqual(provider.ask(before).body, first.body)
        self.assertEqual(provider.ask(status(before)).body, first.body)
        self.assertEqual(provider.ask(status(new)).finding, pb.StatusAnswer.NOT_SEEN)
        self.assertEqual(len(provider.ask(listing()).claims), 1)
        self.assertEqual(body(provider.ask(reversal(before))).effect, pb.ReversalAnswer.RELEASED)
        closed = self.network.claim(SUSPENDED, self.household)
        self.assertEqual(provider.ask(status(closed, close=True)).finding, pb.StatusAnswer.CLOSED)
        self.suspend(False, 3)  # And the refusal was not remembered.
        answer = provider.ask(new)
        self.assertEqual((answer.state_now, answer.repeat), (pb.APPROVED, False))

    def test_an_unregistered_participant_gets_a_typed_answer_and_is_closed(self):
        for role, id, request in (("provider", "16-777777", status(self.claim())),
                                  ("fund", "NONE", pb.ListPriorAgreements())):
            stranger = self.connect(role, id)
            self.assertEqual(stranger.ask(pb.Echo(data=b"here")).data, b"here")
            self.assertTrue(is_refused(stranger.ask(request), pb.Refused.NOT_REGISTERED))
            with self.assertRaises(Closed):
                stranger.receive()


if __name__ == "__main__":
    unittest.main()
