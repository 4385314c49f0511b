"""An oracle of the rules: what the switch must answer, computed by a second implementation.

Written from the adjudication rules and the documents alone (docs/decline_reasons.md,
docs/wire_protocol.md, docs/import_format.md), never from switch/core. It keeps its own state, so
each request must be told to it once, in the order in which the switch decides those of an account.
Answers are dictionaries with the field names of proto/wasl/v1/answer.proto; what only the switch can
know (claim ids, agreement ids, receipts) is not in them.
"""

from dataclasses import dataclass

from oracle_cards import CardDeeds
from oracle_claim import ClaimJudge, Judged, mark_counter
from oracle_rows import Remembered

LATE = {"REVERSED": "REVERSED_BEFORE_ARRIVAL", "CLOSED": "CLOSED_BEFORE_ARRIVAL"}
ROLES = {"submit": None, "quote": None, "reverse": ("provider", "centre"),
         "rights": ("provider", "centre", "desk"), "update": ("provider", "centre"),
         "report": ("centre", "fund"), "ask_agreement": ("provider", "centre"),
         "decide_agreement": ("fund",), "put_account": ("fund",), "put_card": ("fund",),
         "put_provider": ("fund",), "put_product": ("authority",), "put_tarif": ("authority",),
         "put_rulebook": ("authority",)}


@dataclass(frozen=True)
class Refused:
    """No effect, not remembered."""
    code: str


@dataclass(frozen=True)
class Answer:
    body: dict
    state_now: str
    repeat: bool = False


class Oracle(CardDeeds):
    """`sender` is (role, id) of the certificate, a request one of the named tuples of this module
    and of oracle_cards, `verdict` that of the proofs, `now` the moment of the decision in UTC."""

    def __init__(self, rows, remedies):
        self.rows = rows
        self._remedies = remedies

    def ask(self, deed, sender, request_id, request, now, verdict=None):
        if sender[0] not in (ROLES[deed] or (claim_role(request),)):
            return Refused("NOT_PERMITTED")
        stored = self.rows.requests.get((sender, request_id))
        if stored is not None and stored.content is not None:
            if stored.content != (deed, request):
                return Refused("REQUEST_ID_REUSED")
            return Answer(stored.body, stored.state, repeat=True)
        if stored is None and deed != "reverse" and self._suspended(sender):
            return Refused("PARTICIPANT_SUSPENDED")
        if deed in ("submit", "quote"):
            return self._claim(deed, sender, request_id, request, now, verdict)
        act = getattr(self, deed)
        body = act(sender, request, now, verdict)
        self.rows.requests[sender, request_id] = Remembered((deed, request), body, "DONE")
        return Answer(body, "DONE")

    def _suspended(self, sender):
        provider = self.rows.providers.get(sender[1])
        return sender[0] == "provider" and provider is not None and provider.suspended

    def with_remedy(self, reason):
        return {"reason": reason or "REASON_NONE", "remedy": self._remedies.get(reason, "REMEDY_NONE")}

    def _claim(self, deed, sender, request_id, claim, now, verdict):
        tombstone = self.rows.requests.get((sender, request_id))
        judged = self._judge(sender, tombstone, claim, verdict, now)
        body = {"claim": self._claim_body(judged, deed == "quote")}
        if deed == "quote":
            return Answer(body, "STATE_UNKNOWN")
        state = "APPROVED" if judged.record else "DECLINED"
        if tombstone:
            state = tombstone.state
        remembered = Remembered((deed, claim), body, state)
        if judged.marks_counter:
            mark_counter(judged.card, verdict.counter)
        if judged.record:
            judged.history.append(judged.record)
            remembered.release = (judged.history, judged.record)
        self.rows.requests[sender, request_id] = remembered
        return Answer(body, state)

    def _judge(self, sender, tombstone, claim, verdict, now):
        if tombstone:
            return Judged(LATE[tombstone.state])
        if claim.kind == "THIRD_PARTY" and claim.provider != sender[1]:
            return Judged("PROVIDER_UNKNOWN")
        provider = self.rows.providers.get(sender[1])
        return ClaimJudge(self.rows, claim, verdict, now).judge(provider)

    def _claim_body(self, judged, quote):
        lines = [self._line_body(state) for state in judged.lines]
        declined = sum(line["reason"] != "REASON_NONE" for line in lines)
        outcome = "DECLINED" if judged.record is None else \
            "APPROVED_PARTIALLY" if declined else "APPROVED"
        return {"outcome": outcome, "quote": quote, **self.with_remedy(judged.reason),
                "lines": lines,
                "insurer_cents": sum(line["insurer_cents"] for line in lines),
                "patient_cents": sum(line["patient_cents"] for line in lines),
                "prescriptions_left": judged.prescriptions_left,
                "rights_until": text(judged.rights_until)}

    def _line_body(self, state):
        passed = not state.reason
        return {**self.with_remedy(state.reason),
                "insurer_cents": state.insurer if passed else 0,
                "patient_cents": state.price - state.insurer if passed else 0,
                "come_back_on": text(state.come_back_on),
                "long_term": passed and state.long_term}

    def reverse(self, sender, original, now, verdict):
        """`original`: the request id of the claim."""
        stored = self.rows.requests.get((sender, original))
        if stored is None:
            self.rows.requests[sender, original] = Remembered(None, None, "REVERSED")
            return self._reversal("TOMBSTONE")
        if stored.content is not None and stored.content[0] != "submit":
            return self._reversal("NOT_DONE", "ORIGINAL_NOT_A_CLAIM")
        if stored.state == "DECLINED":
            return self._reversal("NOTHING_TO_RELEASE", original=original)
        if stored.state != "APPROVED":
            return self._reversal("ALREADY_REVERSED", original=original)
        history, record = stored.release
        history.remove(record)
        stored.state = "REVERSED"
        return self._reversal("RELEASED", original=original, totals=stored.body["claim"])

    def _reversal(self, effect, reason="", original=None, totals=None):
        amounts = {name: totals[name] if totals else 0 for name in ("insurer_cents", "patient_cents")}
        return {"reversal": {"effect": effect, **self.with_remedy(reason), **amounts,
                             "original": original}}

    def status(self, sender, original, close_if_absent):
        """What GetClaim finds, where the claim stands, and the body that it shows."""
        stored = self.rows.requests.get((sender, original))
        if stored is None and not close_if_absent:
            return "NOT_SEEN", "STATE_UNKNOWN", None
        if stored is None:
            self.rows.requests[sender, original] = Remembered(None, None, "CLOSED")
            return "CLOSED", "CLOSED", None
        if stored.content is None:
            return stored.state, stored.state, None
        if stored.content[0] != "submit":
            return "NOT_A_CLAIM", "DONE", None
        late = stored.body["claim"]["reason"] in LATE.values()
        return (stored.state if late else "FOUND"), stored.state, stored.body


def claim_role(claim):
    return "provider" if claim.kind == "THIRD_PARTY" else "centre"


def text(day):
    return "" if day is None else day.isoformat()
