"""Checks the object that `wasl demo --json` printed: complete, consistent, nothing lost or doubled."""

import json
import pathlib
import sys

COUNTS = ("claims", "approved", "approved_partially", "in_doubt", "lost", "doubled")
SUMMED = ("declined", "declined_lines")
CLAIMS_MIN = 100


def problems(result):
    for key in COUNTS:
        if not isinstance(result.get(key), int):
            yield f"{key} is not a whole number"
    for key in SUMMED:
        if not isinstance(result.get(key), dict):
            yield f"{key} is not an object of counts by reason"
    if not all(isinstance(result.get("latency_ms", {}).get(key), (int, float))
               for key in ("p50", "p99", "p999")):
        yield "latency_ms lacks p50, p99 or p999"
    if result.get("verified") is not True:
        yield "not verified"
    if result.get("lost") != 0 or result.get("doubled") != 0:
        yield f"lost {result.get('lost')}, doubled {result.get('doubled')}"
    if not result.get("claims_per_second", 0) > 0:
        yield "no claims per second"


def sums(result):
    decided = (result["approved"] + result["approved_partially"] +
               sum(result["declined"].values()))
    if decided != result["claims"]:
        yield f"claims {result['claims']}, but outcomes {decided}"
    if result["claims"] < CLAIMS_MIN:
        yield f"only {result['claims']} claims"
    if not result["declined"]:
        yield "none declined: the sample network should have some"


def main(file):
    result = json.loads(pathlib.Path(file).read_text())  # Fails on anything but one object.
    found = list(problems(result))
    found += [] if found else list(sums(result))
    print("\n".join(found) or
          f"{result['claims']} claims, {result['claims_per_second']:.0f}/s, verified")
    return 1 if found else 0


sys.exit(main(sys.argv[1]))
