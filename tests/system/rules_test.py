"""The switch's answers against those of the oracle, field by field: a household's claims, reversals,
rights, agreements and feeds over real TLS to a real `wasl serve`, thousands of them.

Usage: WASL_BINARY=... [WASL_SEED=n] [WASL_HOUSEHOLDS=n] rules_test.py

The day is today's; under the preloaded shifted_clock.cpp any other. Prints its seed and how often
each reason occurred; fails on a difference, and on a reason of docs/decline_reasons.md that this way
can bring about and never did.
"""

import collections
import datetime
import os
import random
import re
import sys
import time

import rules_card_stories as cards
import rules_stories as stories
from client import SOURCE, pb
from oracle import Answer, Oracle, Refused
from oracle_cards import RowFed
from rules_network import FUNDS, RulesNetwork, dated
from rules_story import Story
from rules_walk import Walk
from rules_wire import Prover, body, message
from rules_worked import WORKED_DAY, Worked
from switch import Network

STEPS = 30
# A frame is sent for each of so many households before the first answer is waited for.
AT_ONCE = 48
SHOWN = 10
# A fund always has its rulebook, and takes part only with its own row: the import insists.
NEVER = {"RULEBOOK_UNKNOWN", "FUND_UNKNOWN"}
# No rules about claims: bordereaux_test.py and counter_test.py. From this number on.
FIRST_OF_SETTLEMENT = pb.BORDEREAU_EMPTY
DIRECTED = [stories.Counters, stories.Dates, stories.Rights, stories.Refills, stories.Limits,
            stories.Quarters, stories.LongTerm, stories.Prescribers, stories.Age, stories.Agreements,
            cards.Identity, cards.Bars, cards.Feeds, cards.Catalogue, cards.Participants,
            cards.HistoryBound]
# Those that need the catalogue whose authority sits in this network, or one household only.
OF_SOME_FUNDS = {stories.Age: ("CNAS", "TST"), stories.Agreements: ("CNAS", "TST"),
               cards.Catalogue: ("CNAS", "TST"), cards.Participants: ("CNAS",),
               cards.HistoryBound: ("AMO",)}


def reasons_of_document():
    """Name to remedy, from the tables of docs/decline_reasons.md."""
    document = (SOURCE / "docs/decline_reasons.md").read_text(encoding="utf-8")
    found = re.findall(r"^\|[^|\n]*?\|? ?\d+ \| `([A-Z_]+)` \| `([A-Z_]+)` \|", document, re.M)
    return {reason: "REMEDY_NONE" if remedy == "NONE" else remedy for reason, remedy in found}


class RulesSwitch(Network):
    """Only the network of the rules, whose fourth fund has a key of its own."""

    def __init__(self, network):
        self.network = network
        super().__init__(settings={"connections.look_ups_per_minute": 60_000})

    def make(self, households, settings):
        self.configure(settings)
        key = self.directory / "switch/keys/TST.key"
        key.write_text(f"TST {os.urandom(16).hex()}\n", encoding="ascii")
        key.chmod(0o600)
        with open(self.configuration, "a", encoding="utf-8") as configuration:
            configuration.write('\n"TST" = "keys/TST.key"\n')
        self.network.write(self.directory / "rules")
        self.import_files(self.directory / "rules")


class Comparison:
    """Tells the oracle and the switch the same, and keeps where they differ."""

    def __init__(self, oracle, switch):
        self.oracle, self.switch = oracle, switch
        self.prover = Prover(switch.master)
        self.connections, self.claim_ids = {}, {}
        self.reasons, self.deeds = collections.Counter(), collections.Counter()
        self.differences = []

    def connection(self, sender):
        if sender not in self.connections:
            self.connections[sender] = self.switch.connect(*sender)
        return self.connections[sender]

    def send(self, step):
        """The oracle's answer, and what the switch's will be found by."""
        now = datetime.datetime.utcnow()
        self.deeds[step.deed] += 1
        if step.deed in ("status", "close"):
            close = step.deed == "close"
            expected = self.oracle.status(step.sender, step.request, close)
            request = pb.GetClaim(original_request_id=step.request, close_if_absent=close)
        else:
            expected = self.oracle.ask(step.deed, step.sender, step.request_id, step.request, now,
                                       step.verdict)
            request = message(step.deed, step.request_id, step.request)
        if step.verdict is not None:
            self.prover.prove(request, step.request, step.verdict, step.missing)
        return expected, request, self.connection(step.sender).send(request)

    def receive(self, step, expected, request, correlation_id):
        connection = self.connection(step.sender)
        answer = connection.answer_to(correlation_id)
        if isinstance(answer, pb.Refused) and answer.code == pb.Refused.BUSY:
            answer = connection.ask_until_taken(request)
        if isinstance(answer, pb.BatchAnswer):
            item = answer.items[0]
            answer = getattr(item, item.WhichOneof("result"))
        wanted, got = self.plain_expected(step, expected), self.plain_answer(step, expected, answer)
        if wanted != got:
            self.differences.append((step, dict(flat(wanted)), dict(flat(got))))

    def plain_expected(self, step, expected):
        if isinstance(expected, Refused):
            self.reasons[expected.code] += 1
            return expected.code
        if not isinstance(expected, Answer):
            return expected
        (kind, told), = expected.body.items()
        self.reasons.update(line["reason"] for line in told.get("lines", ()))
        self.reasons[told["reason"]] += 1
        if kind == "reversal":
            told = dict(told)
            told["claim_id"] = self.claim_ids.get((step.sender, told.pop("original")), 0)
        if kind == "agreement":
            told = {name: value for name, value in told.items() if name != "agreement"}
        return {kind: told}, expected.state_now, expected.repeat

    def plain_answer(self, step, expected, answer):
        if isinstance(answer, pb.Refused):
            return pb.Refused.Code.Name(answer.code)
        if isinstance(answer, pb.StatusAnswer):
            found = body(answer.body)[0] if answer.body else None
            return (pb.StatusAnswer.Finding.Name(answer.finding), pb.State.Name(answer.state_now),
                    found)
        told, own_id = body(answer.body)
        if "agreement" in told:
            self.learn(expected, own_id)
        if "reversal" in told:
            told["reversal"]["claim_id"] = own_id
        if "claim" in told:
            assert (own_id == 0) == (step.deed == "quote"), "a quote has no claim id, a claim has"
            self.claim_ids[step.sender, step.request_id] = own_id
        return told, pb.State.Name(answer.state_now), answer.repeat

    def learn(self, expected, own_id):
        """An agreement's id, which the switch chose; the same from then on."""
        agreement = expected.body["agreement"]["agreement"]
        if agreement is None:
            assert own_id == 0, "no agreement, no id"
        elif agreement.id == 0:
            agreement.id = own_id
        assert agreement is None or agreement.id == own_id != 0, "an agreement keeps its id"

    def tell(self, stories):
        """All stories to their ends, some at once, a step of each in turn."""
        waiting, told = list(reversed(stories)), {}
        while waiting or told:
            while waiting and len(told) < AT_ONCE:
                told[waiting.pop()] = None
            sent = []
            for story, last in list(told.items()):
                try:
                    step = story.send(last)
                except StopIteration:
                    del told[story]
                    continue
                sent.append((story, step, *self.send(step)))
            for story, step, expected, request, correlation_id in sent:
                self.receive(step, expected, request, correlation_id)
                told[story] = (expected, step)


def flat(answer, where="answer"):
    """Paths and values of what is nested."""
    if isinstance(answer, dict | list | tuple):
        items = answer.items() if isinstance(answer, dict) else enumerate(answer)
        for name, value in items:
            yield from flat(value, f"{where}.{name}")
    else:
        yield where, answer


class NewRules(Story):
    """Other numbers, and other days on which they change, in the middle of everything."""

    def tell(self):
        text = dated(self.today, 2, 10, 1)
        yield from self.put("put_rulebook", RowFed(text, 2), ("authority", "DZ"))


class Cast:
    """Who tells what. Each household is in one story."""

    def __init__(self, network, rng):
        self.network, self.rng = network, rng
        self.free = {fund: [fed for fed in network.households if fed.fund == fund] for fund in FUNDS}

    def begin(self, kind, fund):
        today = self.network.rows.rulebook_of(fund).day_of(datetime.datetime.utcnow())
        return kind(self.network, self.free[fund].pop(), random.Random(self.rng.random()), today)

    def directed(self, today):
        """The stories with a purpose, of each fund that can."""
        told = [self.begin(kind, fund).tell() for kind in DIRECTED
                for fund in OF_SOME_FUNDS.get(kind, FUNDS)]
        return told + ([self.begin(Worked, "CNAS").tell()] if today == WORKED_DAY else [])

    def walks(self, funds, part):
        """A part of the households that are left."""
        return [self.begin(Walk, fund).tell(STEPS) for fund in funds
                for _ in range(int(len(self.free[fund]) * part))]


def far_from_midnight(network):
    """Whether the day stays what it is, at every scheme, for as long as this test may take."""
    now = datetime.datetime.utcnow()
    later = now + datetime.timedelta(minutes=15)
    return all(rulebook.day_of(now) == rulebook.day_of(later)
               for rulebook in map(network.rows.rulebook_of, FUNDS))


def report(comparison, possible, seconds):
    total = sum(comparison.deeds.values())
    print(f"{total} requests in {seconds:.1f} s:", dict(comparison.deeds))
    for reason, count in sorted(comparison.reasons.items(), key=lambda it: -it[1]):
        print(f"  {count:6} {reason}")
    for step, expected, got in comparison.differences[:SHOWN]:
        print(f"DIFFERS {step}")
        for where in sorted(expected.keys() | got.keys()):
            if expected.get(where) != got.get(where):
                print(f"  {where}: oracle {expected.get(where)}, switch {got.get(where)}")
    print(f"{len(comparison.differences)} differences")
    of_claims = {name for name in possible if pb.Reason.Value(name) < FIRST_OF_SETTLEMENT}
    never = sorted(of_claims - NEVER - set(comparison.reasons))
    print(f"never occurred: {never}")
    return not comparison.differences and not never


def main():
    day, clock = os.environ.get("WASL_TEST_DAY"), os.environ.get("WASL_TEST_CLOCK")
    if day and "WASL_CLOCK_SHIFT_SECONDS" not in os.environ:
        noon = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()
        shifted = {"WASL_CLOCK_SHIFT_SECONDS": str(int(noon - time.time())), "LD_PRELOAD": clock}
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | shifted)
    seed = int(os.environ.get("WASL_SEED", "1"))
    today = datetime.datetime.utcnow().date()
    print(f"WASL_SEED={seed} on {today}", flush=True)
    rng = random.Random(seed)
    network = RulesNetwork(rng, today, int(os.environ.get("WASL_HOUSEHOLDS", "200")))
    if not far_from_midnight(network):
        print("a scheme's day is about to end: give WASL_TEST_DAY and WASL_TEST_CLOCK")
        return 1
    remedies = reasons_of_document()
    with RulesSwitch(network) as switch:
        switch.start()
        comparison = Comparison(Oracle(network.rows, remedies), switch)
        began = time.monotonic()
        cast = Cast(network, rng)
        others = [fund for fund in FUNDS if fund != "TST"]
        comparison.tell(cast.directed(today) + cast.walks(others, 1) + cast.walks(["TST"], 0.5))
        comparison.tell([cast.begin(NewRules, "TST").tell()])
        comparison.tell(cast.walks(["TST"], 1))
        good = report(comparison, set(remedies), time.monotonic() - began)
        switch.stop()
        verified = switch.verify()
        print("verify:", verified["differences"])
        return 0 if good and verified["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
