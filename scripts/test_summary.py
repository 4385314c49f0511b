"""Prints what a ctest run (its JUnit file) came to: counts, what failed, and what took long."""

import sys
import xml.etree.ElementTree as ElementTree

SLOWEST_SHOWN = 5
SLOW_SECONDS = 1.0


def main(junit_file):
    cases = list(ElementTree.parse(junit_file).getroot().iter("testcase"))
    seconds = {case.get("name"): float(case.get("time") or 0) for case in cases}
    # ctest's own words: "run" for a passed test; "fail", "notrun" and "disabled" for the others.
    bad = sorted(case.get("name") for case in cases if case.get("status") != "run")
    print()
    for name in bad:
        print(f"FAILED  {name}")
    slow = sorted((name for name in seconds if seconds[name] >= SLOW_SECONDS),
                  key=seconds.get, reverse=True)
    for name in slow[:SLOWEST_SHOWN]:
        print(f"{seconds[name]:7.1f} s  {name}")
    print(f"{len(cases)} tests: {len(cases) - len(bad)} passed, {len(bad)} failed "
          f"(all together: {sum(seconds.values()):.0f} s)")


main(sys.argv[1])
