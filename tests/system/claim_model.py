"""What the documents promise of one claim id, whatever order its requests arrive in: a model to
compare answers with (docs/wire_protocol.md "Request ids" and "In doubt").

    Model(outcome)                 nothing was seen yet; an original would get this outcome
    .take(step) -> answer          the promised answer to one more request, as plain words
    reachable(models, answers, lost)   every state that some order of these requests leads to
    seen(answer)                   a message of the switch in the same plain words

A step is a letter: O the original (or any copy of it), R a reversal, Q another reversal with an id
of its own, S a status query, C a status query with close_if_absent.
"""

import dataclasses

from client import body, pb

STEPS = "ORQSC"


@dataclasses.dataclass(frozen=True)
class Model:
    outcome: int = pb.ClaimAnswer.APPROVED  # Of an original that arrives in time.
    state: int = pb.STATE_UNKNOWN
    body: tuple = None                      # The original's stored answer: (outcome, reason).
    reversals: tuple = ()                   # Answered: (step, effect).

    def take(self, step):
        """The answer and the model after it."""
        if step == "O":
            return self.original()
        if step in "RQ":
            return self.reversal(step)
        return self.status(close=step == "C")

    def original(self):
        if self.body is not None:
            return ("answer", *self.body, self.state, True), self
        if self.state == pb.REVERSED:
            stored = (pb.ClaimAnswer.DECLINED, pb.REVERSED_BEFORE_ARRIVAL)
        elif self.state == pb.CLOSED:
            stored = (pb.ClaimAnswer.DECLINED, pb.CLOSED_BEFORE_ARRIVAL)
        elif self.outcome == pb.ClaimAnswer.APPROVED:
            stored = (self.outcome, pb.REASON_NONE)
        else:
            stored = (self.outcome, pb.NO_PAYABLE_LINE)
        state = self.state
        if state == pb.STATE_UNKNOWN:
            approved = self.outcome == pb.ClaimAnswer.APPROVED
            state = pb.APPROVED if approved else pb.DECLINED
        return ("answer", *stored, state, False), dataclasses.replace(
            self, state=state, body=stored)

    def reversal(self, step):
        for known, effect in self.reversals:
            if known == step:
                return ("reversal", effect, True), self
        effects = {pb.STATE_UNKNOWN: pb.ReversalAnswer.TOMBSTONE,
                   pb.APPROVED: pb.ReversalAnswer.RELEASED,
                   pb.DECLINED: pb.ReversalAnswer.NOTHING_TO_RELEASE,
                   pb.CLOSED: pb.ReversalAnswer.NOTHING_TO_RELEASE,
                   pb.REVERSED: pb.ReversalAnswer.ALREADY_REVERSED}
        effect = effects[self.state]
        takes_back = self.state in (pb.STATE_UNKNOWN, pb.APPROVED)
        return ("reversal", effect, False), dataclasses.replace(
            self, state=pb.REVERSED if takes_back else self.state,
            reversals=tuple(sorted((*self.reversals, (step, effect)))))

    def status(self, close):
        if self.state == pb.STATE_UNKNOWN:
            if not close:
                return ("status", pb.StatusAnswer.NOT_SEEN, pb.STATE_UNKNOWN, None), self
            closed = dataclasses.replace(self, state=pb.CLOSED)
            return ("status", pb.StatusAnswer.CLOSED, pb.CLOSED, None), closed
        reason = self.body[1] if self.body else None
        finding = pb.StatusAnswer.FOUND
        if reason in (None, pb.REVERSED_BEFORE_ARRIVAL, pb.CLOSED_BEFORE_ARRIVAL):
            reversed_ = self.state == pb.REVERSED
            finding = pb.StatusAnswer.REVERSED if reversed_ else pb.StatusAnswer.CLOSED
        return ("status", finding, self.state, self.body), self


def seen(answer):
    if isinstance(answer, pb.StatusAnswer):
        stored = body(answer) if answer.body else None
        return ("status", answer.finding, answer.state_now,
                stored and (stored.outcome, stored.reason))
    if not isinstance(answer, pb.Answer):
        return ("other", str(answer))
    stored = body(answer)
    if isinstance(stored, pb.ReversalAnswer):
        return ("reversal", stored.effect, answer.repeat)
    return ("answer", stored.outcome, stored.reason, answer.state_now, answer.repeat)


def reachable(models, answers, lost=()):
    """The models after requests that were in flight together: each of `answers`, (step, seen), has
    happened, in any order; each step of `lost` has happened or not. Empty: no order explains it."""
    found = set()
    visited = set()
    waiting = [(model, tuple(sorted(answers)), tuple(sorted(lost))) for model in models]
    while waiting:
        node = waiting.pop()
        if node in visited:
            continue
        visited.add(node)
        model, answers_left, lost_left = node
        if not answers_left:
            found.add(model)
        for i, (step, answer) in enumerate(answers_left):
            promised, after = model.take(step)
            if promised == answer:
                waiting.append((after, answers_left[:i] + answers_left[i + 1:], lost_left))
        for i, step in enumerate(lost_left):
            waiting.append((model.take(step)[1], answers_left, lost_left[:i] + lost_left[i + 1:]))
    return found
