"""The oracle's requests as messages of the protocol, with their proofs, and the switch's answers as
the oracle's dictionaries."""

import card_proof
from canonical import content
from client import pb
from oracle_model import FIRST_DAY, LAST_DAY, Product

BARS = {"": "BAR_NONE", "lost": "LOST", "stolen": "STOLEN", "blacklisted": "BLACKLISTED",
        "replaced": "REPLACED"}
WRONG_MAC = bytes(8)


def interval(when):
    made = pb.Interval(until="" if when.last == LAST_DAY else when.last.isoformat())
    setattr(made, "from", when.first.isoformat())
    return made


def prescription_key(key):
    return pb.PrescriptionKey(prescriber_id=key.prescriber, number=key.number,
                              date=key.date.isoformat())


def subject(it):
    if isinstance(it, str):
        return {"product_code": it}
    return {"prescription": prescription_key(it)}


def card_reference(it):
    return pb.CardReference(number=it.card, fund=it.fund, key_version=it.key_version)


def claim(it):
    return pb.Claim(
        kind=it.kind, provider_id=it.provider, terminal_id=it.terminal, card=card_reference(it),
        beneficiary_rank=it.rank, service_date=it.service.isoformat(),
        first_act_date="" if it.first_act == it.service else it.first_act.isoformat(),
        prescription=pb.Prescription(key=prescription_key(it.prescription),
                                     type="LONG_TERM" if it.long_term else "ACUTE"),
        lines=[pb.ClaimLine(product_code=line.product, quantity=line.quantity,
                            unit_price_cents=line.unit_price, supply_days=line.supply_days)
               for line in it.lines])


def look_up(kind, request_id, it):
    return kind(request_id=request_id, provider_id=it.provider, terminal_id=it.terminal,
                card=card_reference(it), purpose=it.purpose)


def report(request_id, it):
    until = "" if it.until == LAST_DAY else it.until.isoformat()
    return pb.ReportCard(request_id=request_id, card_number=it.card, action=it.action, until=until,
                         replacement=it.replacement)


def fund_card(it):
    until = "" if it.bar_until == LAST_DAY else it.bar_until.isoformat()
    return pb.Card(number=it.number, kind="INDIVIDUAL" if it.rank else "FAMILY", rank=it.rank,
                   key_version=it.key_version, active=it.active, bar=BARS[it.bar], bar_until=until)


def beneficiary(it):
    return pb.Beneficiary(
        rank=it.rank, birth_date=it.birth.isoformat(), rate_basis="EXEMPT" if it.exempt else "STANDARD",
        rights=[interval(when) for when in it.rights],
        treatments=[pb.Treatment(condition=way.condition, in_force=interval(way.in_force),
                                 inns=way.inns) for way in it.treatments])


def account(it):
    return pb.Account(
        insured_number=it.insured, fund=it.fund, source_version=it.version,
        cards=[fund_card(card) for card in it.cards],
        beneficiaries=[beneficiary(person) for person in it.beneficiaries],
        agreements=[pb.PriorAgreement(id=way.id, rank=way.rank, state=way.state.upper(),
                                      in_force=interval(way.in_force), **subject(way.subject))
                    for way in it.agreements])


def product(row, version):
    made = pb.Product(
        catalogue=row.catalogue, code=row.code, in_force=interval(row.in_force), inn=row.inn,
        reimbursable=row.reimbursable, public_price_cents=row.public_price,
        rate_basis_points=row.rate, quantity_max=row.quantity_max,
        supply_days_max=row.supply_days_max, prior_agreement_above_days=row.agreement_above,
        name=row.code, source_version=version)
    for way in row.alternatives:
        made.restriction.add(age_min=way.age_min, age_max=way.age_max, condition=way.condition or "")
    return made


def registration(it, version):
    return pb.Registration(id=it.id, suspended=it.suspended, name="Pharmacie", source_version=version,
                           agreements=[pb.FundAgreement(fund=fund, in_force=interval(when))
                                       for fund, when in it.agreements])


def tarif(row, version):
    return pb.Tarif(catalogue=row.catalogue, inn=row.inn, in_force=interval(row.in_force),
                    amount_cents=row.amount, source_version=version)


def message(deed, request_id, it):
    """Without proofs."""
    if deed == "reverse":
        return pb.ReverseClaim(request_id=request_id, original_request_id=it,
                               cause="CUSTOMER_CANCELLED")
    if deed == "ask_agreement":
        return pb.RequestPriorAgreement(request_id=request_id, card_number=it.card,
                                        beneficiary_rank=it.rank, wanted=interval(it.wanted),
                                        **subject(it.subject))
    if deed == "decide_agreement":
        return pb.DecidePriorAgreement(
            request_id=request_id, insured_number=it.insured, agreement_id=it.agreement,
            granted=it.granted, in_force=interval(it.in_force) if it.granted else None)
    make = {"submit": lambda: pb.SubmitClaim(request_id=request_id, claim=claim(it)),
            "quote": lambda: pb.QuoteClaim(request_id=request_id, claim=claim(it)),
            "rights": lambda: look_up(pb.GetRights, request_id, it),
            "update": lambda: look_up(pb.UpdateCard, request_id, it),
            "report": lambda: report(request_id, it),
            "put_account": lambda: pb.PutAccount(batch_id=request_id, items=[account(it)]),
            "put_card": lambda: pb.PutCard(batch_id=request_id, items=[pb.CardItem(
                insured_number=it.insured, card=fund_card(it.card), source_version=it.version)]),
            "put_provider": lambda: pb.PutProvider(
                batch_id=request_id, items=[registration(it.provider, it.version)]),
            "put_product": lambda: pb.PutProduct(batch_id=request_id,
                                                 items=[product(it.row, it.version)]),
            "put_rulebook": lambda: pb.PutRulebook(batch_id=request_id, items=[pb.RulebookItem(
                content=it.row, source_version=it.version)]),
            "put_tarif": lambda: pb.PutTarif(batch_id=request_id, items=[tarif(it.row, it.version)])}
    return make[deed]()


class Prover:
    """Proofs with the keys that a request itself names, as good or bad as the verdict says."""

    def __init__(self, master):
        self._master = master
        self._keys = {}

    def _key(self, label, fund, holder, version):
        named = (label, fund, holder, version)
        if named not in self._keys:
            self._keys[named] = card_proof.derive_key(self._master(fund), *named)
        return self._keys[named]

    def prove(self, request, it, verdict, missing):
        """`missing`: what is not good is not there at all."""
        digest = content(request)
        holders = [("card", card_proof.CARD_LABEL, it.card, it.key_version, verdict.card)]
        if verdict.professional is not None:
            holders.append(("professional", card_proof.PROFESSIONAL_LABEL, it.provider, 1,
                            verdict.professional))
        for name, label, holder, version, good in holders:
            if missing and not good:
                continue
            proof = getattr(request.proofs, name)
            proof.atc, proof.unpredictable = verdict.counter, digest[:4]
            proof.mac = WRONG_MAC
            if good:
                key = self._key(label, it.fund, holder, version)
                proof.mac = card_proof.proof_mac(key, proof.atc, proof.unpredictable, digest)
            if name == "professional":
                request.proofs.professional_key_version = version


def optional(message, field):
    return getattr(message, field) if message.HasField(field) else None


def reasons(it):
    return {"reason": pb.Reason.Name(it.reason), "remedy": pb.Remedy.Name(it.remedy)}


def amounts(it):
    return {"insurer_cents": it.insurer_cents, "patient_cents": it.patient_cents}


def claim_answer(it):
    return {"outcome": pb.ClaimAnswer.Outcome.Name(it.outcome), "quote": it.quote, **reasons(it),
            "lines": [{**reasons(line), **amounts(line), "come_back_on": line.come_back_on,
                       "long_term": line.long_term} for line in it.lines],
            **amounts(it), "prescriptions_left": optional(it, "prescriptions_left"),
            "rights_until": it.rights_until}


def rights_answer(it):
    return {**reasons(it), "rights_until": it.rights_until, "beneficiaries": [
        {"rank": person.rank, "birth_date": person.birth_date, "open": person.open,
         "until": person.until, "long_term": person.long_term,
         "prescriptions_left": optional(person, "prescriptions_left")}
        for person in it.beneficiaries]}


def body(stored):
    """An AnswerBody's bytes as the oracle's dictionary, and the id that only the switch knows."""
    parsed = pb.AnswerBody.FromString(stored)
    kind = parsed.WhichOneof("answer")
    it = getattr(parsed, kind)
    if kind == "claim":
        return {kind: claim_answer(it)}, it.claim_id
    if kind == "reversal":
        effect = pb.ReversalAnswer.Effect.Name(it.effect)
        return {kind: {"effect": effect, **reasons(it), **amounts(it)}}, it.claim_id
    if kind == "rights":
        return {kind: rights_answer(it)}, 0
    if kind == "card":
        return {kind: {**reasons(it), "rights_until": it.rights_until}}, 0
    if kind == "agreement":
        return {kind: reasons(it)}, it.agreement_id
    return {kind: reasons(it)}, 0
