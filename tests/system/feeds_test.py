"""Prior agreements that really unlock, and feeds: each kind, and what it does to the next claim.
Over TLS against `wasl serve`.

Usage: WASL_BINARY=... feeds_test.py
"""

import unittest

import plain_network as plain
from client import body, pb, request_id
from network_case import NetworkCase, product, rulebook
from plain_network import AGREEMENT_PRODUCT, PROVIDERS, insured
from plain_requests import account, batch, interval, registration
from switch import today

Q = PROVIDERS[1]


def by_product(code):
    return lambda claim: {"product_code": code}


def by_prescription(claim):
    return {"prescription": claim.claim.prescription.key}


class Agreements(NetworkCase):
    def waiting(self):
        """Ids of what waits for the fund's decision, page by page."""
        found = []
        request = pb.ListPriorAgreements(page_size=2)
        while True:
            page = self.fund.ask(request)
            found.extend(page.agreements)
            if not page.next_after:
                return {each.agreement_id: each for each in found}
            request.after = page.next_after

    def again(self, claim):
        """The same claim under a new id."""
        fresh = pb.SubmitClaim(request_id=request_id(), claim=claim.claim)
        return self.network.sign(fresh, self.household)

    def asked(self, connection, claim, subject):
        id = self.granted(connection, self.wish(**subject(claim))).agreement_id
        self.assertEqual(self.waiting()[id].insured_number, insured(self.household))
        return id

    def declined(self, claim, reason):
        answer = body(self.provider.ask(claim))
        self.assertEqual(answer.reason, pb.NO_PAYABLE_LINE)
        self.assertEqual({line.reason for line in answer.lines}, {reason})

    def unlocks(self, claim, reason, subject):
        """Declined, asked for, still declined, granted, approved: the answer to the last."""
        self.declined(claim, reason)
        id = self.asked(self.provider, claim, subject)
        self.declined(self.again(claim), reason)
        self.granted(self.fund, self.decision(id))
        self.assertNotIn(id, self.waiting())
        return self.approved(self.provider, self.again(claim))

    def test_an_agreement_for_a_product_lets_it_pass(self):
        self.unlocks(self.claim(products=[AGREEMENT_PRODUCT]), pb.PRIOR_AGREEMENT_REQUIRED,
                     by_product(AGREEMENT_PRODUCT))

    def test_an_agreement_that_a_centre_asked_for_unlocks_too(self):
        claim = self.claim(products=[AGREEMENT_PRODUCT])
        id = self.asked(self.centre, claim, by_product(AGREEMENT_PRODUCT))
        self.granted(self.fund, self.decision(id))
        self.approved(self.provider, claim)

    def test_an_agreement_for_a_prescription_lifts_the_ceiling(self):
        above = self.claim(products=plain.PRODUCTS[:11])  # 5,500.00 against 5,000.00.
        paid = self.unlocks(above, pb.PRESCRIPTION_CEILING_EXCEEDED, by_prescription)
        self.assertEqual(paid.insurer_cents, 11 * 40000)

    def test_an_agreement_for_a_prescription_lifts_the_quarters_count(self):
        for code in ("T01", "T02"):
            self.approved(self.provider, self.claim(products=[code]))
        paid = self.unlocks(self.claim(products=["T03"]), pb.PRESCRIPTION_COUNT_EXCEEDED,
                            by_prescription)
        self.assertEqual(paid.prescriptions_left, 0)

    def test_an_agreement_for_one_product_leaves_the_others_limited(self):
        claim = self.claim(products=["T01", "T02"])
        claim.claim.lines[0].quantity = claim.claim.lines[1].quantity = 11
        id = self.asked(self.provider, claim, by_product("T01"))
        self.granted(self.fund, self.decision(id))
        self.assertEqual(self.line_reasons(self.provider, self.again(claim)),
                         [pb.REASON_NONE, pb.PRESCRIPTION_CEILING_EXCEEDED])

    def test_an_agreement_is_not_used_up(self):
        claim = self.claim(products=[AGREEMENT_PRODUCT])
        id = self.asked(self.provider, claim, by_product(AGREEMENT_PRODUCT))
        self.granted(self.fund, self.decision(id))
        for _ in range(3):
            self.approved(self.provider, self.claim(products=[AGREEMENT_PRODUCT]))

    def test_a_refused_or_ended_agreement_unlocks_nothing(self):
        claim = self.claim(products=[AGREEMENT_PRODUCT])
        for decision in ({"granted": False}, {"until": today(-1)}):
            id = self.asked(self.provider, claim, by_product(AGREEMENT_PRODUCT))
            self.granted(self.fund, self.decision(id, **decision))
            self.declined(self.again(claim), pb.PRIOR_AGREEMENT_REQUIRED)

    def test_an_agreement_is_decided_once_and_by_its_fund_alone(self):
        id = self.asked(self.provider, None, lambda _: {"product_code": AGREEMENT_PRODUCT})
        with self.network.connect("fund", plain.OTHER_FUND) as other:
            self.assertEqual(other.ask(pb.ListPriorAgreements()), pb.AgreementsPage())
            self.assertEqual(body(other.ask(self.decision(id))).reason, pb.NOT_OWNER)
        self.granted(self.fund, self.decision(id, granted=False))
        self.assertEqual(body(self.fund.ask(self.decision(id))).reason, pb.AGREEMENT_UNKNOWN)

    def test_an_agreement_made_outside_unlocks_through_the_accounts_feed(self):
        outside = pb.PriorAgreement(id=2**63 + 7, rank=1, state=pb.PriorAgreement.GRANTED,
                                    in_force=interval(today(-1)), product_code=AGREEMENT_PRODUCT)
        claim = self.claim(products=[AGREEMENT_PRODUCT])
        self.declined(claim, pb.PRIOR_AGREEMENT_REQUIRED)
        self.taken(self.fund, pb.PutAccount, account(self.household, 2, agreements=[outside]))
        self.approved(self.provider, self.again(claim))
        self.taken(self.fund, pb.PutAccount, account(self.household, 3))
        self.declined(self.claim(products=[AGREEMENT_PRODUCT]), pb.PRIOR_AGREEMENT_REQUIRED)


class Feeds(NetworkCase):
    def test_rights_and_treatments_of_an_account_decide_the_next_claim(self):
        closed = account(self.household, 2)
        closed.beneficiaries[0].rights[0].until = today(-1)
        self.taken(self.fund, pb.PutAccount, closed)
        self.assertEqual(body(self.provider.ask(self.claim())).reason, pb.RIGHTS_NOT_OPEN)
        treated = account(self.household, 3)
        treated.beneficiaries[0].treatments.add(
            condition="ALD01", in_force=interval("2020-01-01"), inns=["I-T01"])
        self.taken(self.fund, pb.PutAccount, treated)
        claim = self.claim()
        claim.claim.prescription.type = pb.Prescription.LONG_TERM
        paid = self.approved(self.provider, self.network.sign(claim, self.household))
        self.assertEqual((paid.insurer_cents, paid.lines[0].long_term), (50000, True))

    def test_a_card_of_a_feed_replaces_the_one_on_file(self):
        item = pb.CardItem(insured_number=insured(self.household), source_version=2,
                           card=account(self.household, 2).cards[0])
        item.card.kind = pb.Card.INDIVIDUAL
        item.card.rank = 2
        self.taken(self.fund, pb.PutCard, item)
        self.assertEqual(body(self.provider.ask(self.claim())).reason, pb.BENEFICIARY_NOT_COVERED)
        claim = self.claim()
        claim.claim.beneficiary_rank = 2
        self.approved(self.provider, self.network.sign(claim, self.household))

    def test_a_new_provider_is_served_and_its_agreement_ends(self):
        id = "16-800001"
        self.taken(self.fund, pb.PutProvider, registration(id, 1))
        with self.network.connect("provider", id) as newcomer:
            claim = self.network.claim(id, self.household)
            self.approved(newcomer, claim)
            ended = registration(id, 2)
            ended.agreements[0].in_force.until = today(-1)
            self.taken(self.fund, pb.PutProvider, ended)
            declined = self.network.claim(id, self.household, products=["T02"])
            self.assertEqual(body(newcomer.ask(declined)).reason, pb.NO_AGREEMENT)

    def test_a_fund_states_its_own_agreements_with_a_provider_and_those_of_others_stay(self):
        with self.network.connect("fund", plain.OTHER_FUND) as other:
            answer = other.ask(batch(pb.PutProvider, registration(Q, 2)))
            self.assertEqual(body(answer.items[0].answer).reason, pb.NOT_OWNER)
            own = registration(Q, 2)
            own.agreements[0].fund = plain.OTHER_FUND
            self.taken(other, pb.PutProvider, own)
        with self.network.connect("provider", Q) as provider:
            self.approved(provider, self.network.claim(Q, self.household))

    def test_a_new_centre_is_served(self):
        self.taken(self.fund, pb.PutCentre, pb.Registration(id="16-80", source_version=1))
        with self.network.connect("centre", "16-80") as newcomer:
            self.approved(newcomer, self.refund())

    def test_products_and_tarifs_of_the_authority_price_the_next_claim(self):
        self.taken(self.authority, pb.PutProduct, product("NEW"))
        paid = self.approved(self.provider, self.claim(products=["NEW"]))
        self.assertEqual(paid.insurer_cents, 40000)
        self.taken(self.authority, pb.PutTarif, pb.Tarif(
            catalogue=plain.CATALOGUE, inn="I-NEW", in_force=interval("2020-01-01"),
            amount_cents=30000, source_version=1))
        self.taken(self.authority, pb.PutProduct, product("NEW", 2, rate_basis_points=7000))
        paid = self.approved(self.provider, self.claim(products=["NEW"]))
        self.assertEqual((paid.insurer_cents, paid.patient_cents), (21000, 29000))

    def test_of_one_product_twice_in_a_batch_the_later_one_stays_also_after_a_restart(self):
        versions = [product("TWICE", version, public_price_cents=version * 1000)
                    for version in range(1, 51)]
        self.taken(self.authority, pb.PutProduct, *versions)
        for connection in type(self).senders.values():
            connection.close()
        self.network.stop()
        self.network.start()
        self.connect_all()
        self.setUp()
        claim = self.claim(products=["TWICE"])
        self.approved(self.provider, claim)

    def test_a_rulebook_and_a_prescriber_decide_the_next_claim(self):
        self.taken(self.authority, pb.PutRulebook, rulebook(2, prescriber_checked="true"))
        claim = self.claim()
        claim.claim.prescription.key.prescriber_id = "M-NEW"
        declined = self.provider.ask(self.network.sign(claim, self.household))
        self.assertEqual(body(declined).reason, pb.PRESCRIBER_NOT_ACCEPTED)
        self.taken(self.fund, pb.PutPrescriber,
                   pb.Prescriber(id="M-NEW", name="Dr é", source_version=1))
        claim.request_id = request_id()
        self.approved(self.provider, self.network.sign(claim, self.household))
        self.taken(self.fund, pb.PutPrescriber,
                   pb.Prescriber(id="M-NEW", suspended=True, source_version=2))
        claim.request_id = request_id()
        declined = self.provider.ask(self.network.sign(claim, self.household))
        self.assertEqual(body(declined).reason, pb.PRESCRIBER_NOT_ACCEPTED)
        self.taken(self.authority, pb.PutRulebook, rulebook(3))

    def test_a_malformed_item_refuses_its_whole_batch(self):
        good, bad = account(self.household, 2), account(self.household, 0)
        good.cards[0].active = False
        refused = self.fund.ask(batch(pb.PutAccount, good, bad))
        self.assertEqual((refused.code, refused.field),
                         (pb.Refused.MALFORMED, "items[1].source_version"))
        self.approved(self.provider, self.claim())

    def test_a_batch_holds_a_hundred_items_and_no_more(self):
        items = [account(1000 + i, 1) for i in range(100)]
        self.taken(self.fund, pb.PutAccount, *items)
        refused = self.fund.ask(batch(pb.PutAccount, *items, account(2000, 1)))
        self.assertEqual((refused.code, refused.field), (pb.Refused.MALFORMED, "items"))


if __name__ == "__main__":
    unittest.main()
