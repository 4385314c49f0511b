"""Checks the object that `wasl demo --json` printed: complete, consistent, nothing lost or doubled."""

import json
import pathlib
import sys

COUNTS = ("claims", "approved", "approved_partially", "in_doubt", "lost", "doubled", "presented",
          "accepted", "rejected", "corrected", "settled", "paid", "returned")
SUMMED = ("declined", "declined_lines")
OTHERS = ("claims_per_second", "latency_ms", "trial_balance_zero", "verified")
LATENCIES = ("p50", "p99", "p999")
CLAIMS_MIN = 100


def problems(result):
    keys = {*COUNTS, *SUMMED, *OTHERS}
    if set(result) != keys:
        yield f"keys that lack or are too many: {sorted(set(result) ^ keys)}"
        return
    for key in COUNTS:
        if type(result[key]) is not int or result[key] < 0:
            yield f"{key} is not a count"
    for key in SUMMED:
        if not isinstance(result[key], dict) or not all(type(n) is int for n in result[key].values()):
            yield f"{key} is not an object of counts by reason"
    latencies = result["latency_ms"]
    if set(latencies) != set(LATENCIES) or not 0 < latencies["p50"] <= latencies["p99"] <= latencies["p999"]:
        yield f"latency_ms is not p50, p99 and p999, each at least the one before: {latencies}"
    for key in ("verified", "trial_balance_zero"):
        if result[key] is not True:
            yield f"{key} is not true"
    if result["lost"] != 0 or result["doubled"] != 0:
        yield f"lost {result['lost']}, doubled {result['doubled']}"
    if not result["claims_per_second"] > 0:
        yield "no claims per second"


def sums(result):
    decided = (result["approved"] + result["approved_partially"] +
               sum(result["declined"].values()))
    if decided != result["claims"]:
        yield f"claims {result['claims']}, but outcomes {decided}"
    if result["claims"] < CLAIMS_MIN:
        yield f"only {result['claims']} claims"
    if result["approved"] == 0:
        yield "none approved"
    for key in SUMMED:
        if not result[key]:
            yield f"none {key.replace('_', ' ')}: the sample network should have some"
    if result["presented"] != result["accepted"] + result["rejected"]:
        yield "the story's centre did not decide every claim that was presented"
    if not 0 < result["rejected"] == result["corrected"]:
        yield "the story's pharmacy did not correct what was rejected"
    if result["settled"] != result["paid"] + result["returned"]:
        yield "the story's bank did not say of every payout what became of it"
    if result["paid"] == 0 or result["returned"] == 0:
        yield "the story's bank paid nobody, or sent nothing back"
    if result["in_doubt"] == 0:
        yield "nothing was in doubt: the kill is to come while requests are in flight"


def main(file):
    result = json.loads(pathlib.Path(file).read_text())  # Fails on anything but one object.
    found = list(problems(result))
    found += [] if found else list(sums(result))
    print("\n".join(found) or
          f"{result['claims']} claims, {result['claims_per_second']:.0f}/s, verified")
    return 1 if found else 0


sys.exit(main(sys.argv[1]))
