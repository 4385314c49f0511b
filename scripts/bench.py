"""Measures the switch, its limits and its peer in turn, round after round, and prints the medians.

In a round each part runs once, so that all of them see the same machine; ratios are taken within a
round. benchmarks/README.md says what the figures mean.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks" / "load"))
import settlement_day  # noqa: E402
import switch_over_tls as load  # noqa: E402

ROUNDS = 5
SECONDS = 20
CARDS = 1_000_000
CONNECTIONS = 64
TERMINALS = 13_000
PART_SECONDS_MAX = 900  # The peer's first round loads a million accounts.
DATA = ROOT / "build" / "bench" / "data"
PEER = ROOT / "benchmarks" / "peers" / "peer_postgres"
# Printed in this order; what else was measured follows.
FIGURES = ("switch_per_s", "tls_echo_per_s", "journal_per_s", "engine_per_s",
           "peer_postgres_per_s", "ratio_to_tls_echo", "ratio_to_peer", "server_cpu_us_per_claim",
           "latency_ms", "rss_kib_per_connection")


def say(text):
    print(text, file=sys.stderr, flush=True)


def part(*command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, check=True,
                          stdin=subprocess.DEVNULL, timeout=PART_SECONDS_MAX)
    return json.loads(done.stdout)


def measure_switch(wasl, prepared, first):
    with load.Switch(wasl, prepared) as switch:
        figures = load.closed_loop(switch, CONNECTIONS, SECONDS)
        figures |= load.open_loop(switch, figures["switch_per_s"] / 2, CONNECTIONS, SECONDS)
    if first:  # Memory does not vary from round to round.
        with load.Switch(wasl, prepared) as switch:
            figures |= load.connected(switch, TERMINALS)
    return figures


def measure_round(binaries, prepared, number):
    say(f"round {number}: the switch over TLS")
    figures = measure_switch(binaries / "wasl", prepared, number == 1)
    say(f"  {json.dumps(figures)}")
    say(f"round {number}: TLS alone")
    figures |= part(binaries / "tls_echo", round(figures["request_bytes"]),
                    round(figures["answer_bytes"]), SECONDS)
    say(f"round {number}: the disk alone")
    figures |= part(binaries / "journal_append", prepared, round(figures["record_bytes"]),
                    round(figures["group_claims"]), SECONDS)
    say(f"round {number}: the engine in process")
    copy = load.Switch(binaries / "wasl", prepared)
    figures |= part(binaries / "engine_in_process", copy.home, copy.network, SECONDS)
    say(f"round {number}: PostgreSQL")
    figures |= part(PEER)
    figures["ratio_to_tls_echo"] = figures["switch_per_s"] / figures["tls_echo_per_s"]
    figures["ratio_to_peer"] = figures["switch_per_s"] / figures["peer_postgres_per_s"]
    say(f"  {json.dumps(figures)}")
    return figures


def medians(rounds):
    """Of each figure; of each member where a figure is an object."""
    result = {}
    for key, first in rounds[0].items():
        values = [one[key] for one in rounds if key in one]
        result[key] = medians(values) if isinstance(first, dict) else statistics.median(values)
    return result


def measure_rate(binaries, cards):
    """The closed loop alone, on a store of another size."""
    say(f"{cards} cards: preparing")
    prepared = load.prepare(binaries / "wasl", DATA / str(cards), cards)
    say(f"{cards} cards: measuring")
    with load.Switch(binaries / "wasl", prepared) as switch:
        return load.closed_loop(switch, CONNECTIONS, SECONDS)["switch_per_s"]


def measure_sizes(binaries):
    """A small store against a large one, and the start after kill -9 of a larger one still."""
    small, large = (measure_rate(binaries, cards) for cards in (200_000, 5_000_000))
    say("10000000 cards: preparing")
    prepared = load.prepare(binaries / "wasl", DATA / "10000000", 10_000_000)
    say("10000000 cards: kill -9 under load, then the start")
    with load.Switch(binaries / "wasl", prepared) as switch:
        switch.load("--seconds", SECONDS)
        switch.kill()
        ready = switch.serve()
    return {"rate_at_200k": small, "rate_at_5m": large, "ratio_5m_to_200k": large / small,
            "ready_seconds_at_10m": ready,
            "import_seconds_at_10m": float((prepared / "import_seconds").read_text())}


def table(result, indent=""):
    order = [key for key in FIGURES if key in result] + [key for key in result
                                                         if key not in FIGURES]
    for key in order:
        if isinstance(result[key], dict):
            print(f"{indent}{key}")
            table(result[key], indent + "  ")
        else:
            print(f"{indent}{key:<28}{result[key]:>14,.2f}")


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Medians of five rounds.")
    parser.add_argument("binaries", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="one object on stdout")
    parser.add_argument("--sizes", action="store_true",
                        help="instead: 200,000 against 5,000,000 cards, and the start at 10,000,000")
    parser.add_argument("--settlement", action="store_true",
                        help="instead: the end of a country's day, closed, accepted and proposed")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="fewer, for a first look")
    day = parser.add_argument_group("of --settlement, smaller for a first look")
    day.add_argument("--pharmacies", type=int, default=12_000)
    day.add_argument("--claims-each", type=int, default=25, help="at most 100")
    day.add_argument("--rate", type=float, default=500, help="claims that arrive meanwhile")
    day.add_argument("--closings-rate", type=float, default=300,
                     help="pharmacies that begin to close a second; 0: as fast as 64 connections go")
    day.add_argument("--cards", type=int, default=CARDS)
    options = parser.parse_args()
    if options.sizes:
        result = measure_sizes(options.binaries)
    elif options.settlement:
        place = DATA / f"day-{options.pharmacies}-{options.cards}"
        result = settlement_day.measure(options.binaries, place, options)
    else:
        prepared = load.prepare(options.binaries / "wasl", DATA / str(CARDS), CARDS)
        result = medians([measure_round(options.binaries, prepared, number + 1)
                          for number in range(options.rounds)])
    if options.json:
        print(json.dumps(result))
    else:
        table(result)


main()
