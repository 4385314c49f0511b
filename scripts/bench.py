"""Runs the parts of the benchmark in turn, round after round, and prints the medians.

Each part is a program that takes no options and prints one JSON object of figures. In a round each
part runs once, so that all of them see the same machine; ratios are taken within a round.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
ROUNDS = 5
PART_SECONDS_MAX = 900  # Setting up a million accounts, then 20 s of load.

# Program, and the figures that it must print. The last is a script: the peer is not ours to build.
PARTS = (
    ("tls_echo", ("tls_echo_per_s",)),
    ("journal_append", ("journal_per_s",)),
    ("engine_in_process", ("engine_per_s",)),
    ("switch_over_tls", ("switch_per_s", "server_cpu_us_per_claim", "latency_ms",
                         "rss_kib_per_connection")),
    ("peer_postgres", ("peer_postgres_per_s",)),
)
PEERS = ROOT / "benchmarks" / "peers"


def program(binaries, name):
    return PEERS / name if (PEERS / name).is_file() else binaries / name


def run_part(binaries, name, figures):
    run = subprocess.run([str(program(binaries, name))], stdout=subprocess.PIPE, check=True,
                         stdin=subprocess.DEVNULL, timeout=PART_SECONDS_MAX)
    printed = json.loads(run.stdout)
    missing = [figure for figure in figures if figure not in printed]
    if missing:
        sys.exit(f"error: {name} did not print {', '.join(missing)}")
    return printed


def run_round(binaries, number):
    result = {}
    for name, figures in PARTS:
        print(f"round {number} of {ROUNDS}: {name}", file=sys.stderr, flush=True)
        result.update(run_part(binaries, name, figures))
    result["ratio_to_tls_echo"] = result["switch_per_s"] / result["tls_echo_per_s"]
    result["ratio_to_peer"] = result["switch_per_s"] / result["peer_postgres_per_s"]
    return result


def medians(rounds):
    """Of each figure; of each member where a figure is an object."""
    result = {}
    for key, first in rounds[0].items():
        values = [one[key] for one in rounds]
        result[key] = medians(values) if isinstance(first, dict) else statistics.median(values)
    return result


def table(result, indent=""):
    for key, value in result.items():
        if isinstance(value, dict):
            print(f"{indent}{key}")
            table(value, indent + "  ")
        else:
            print(f"{indent}{key:<28}{value:>14,.2f}")


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Medians of five rounds.")
    parser.add_argument("binaries", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="one object on stdout")
    options = parser.parse_args()
    missing = [name for name, _ in PARTS if not program(options.binaries, name).is_file()]
    if missing:
        sys.exit(f"error: no program for {', '.join(missing)}; nothing was measured")
    result = medians([run_round(options.binaries, number + 1) for number in range(ROUNDS)])
    if options.json:
        print(json.dumps(result))
    else:
        table(result)


main()
