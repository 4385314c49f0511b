"""The whole switch over mutual TLS, durable: `wasl serve` on a copy of a prepared switch, loaded by
`wasl bench` in another process. A library of scripts/bench.py; every figure is read from outside the
switch's process, but for the group sizes, which its metrics tell."""

import datetime
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time
import urllib.request

READY_SECONDS_MAX = 120
STOP_SECONDS_MAX = 30
TERMINALS_PER_SECOND = 3000  # All at once they would fill the switch's queue, and be told BUSY.
SETTLE_SECONDS = 2  # For the applier to catch up between two loads.
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") / 1024


def run(command, **options):
    return subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL,
                          **options)


def prepare(wasl, place, cards, sample_options=(), adjust=None):
    """A switch with so many cards, and its sample: made once a day, under build/. `adjust` changes
    the sample's files before they are imported."""
    today = datetime.date.today().isoformat()
    done = place / "prepared"
    if done.is_file() and done.read_text() == today:
        return place
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    quiet = {"stdout": subprocess.DEVNULL}
    run([wasl, "sample", "--seed", 1, "--cards", cards, "--date", today, "--out",
         place / "network", *sample_options], **quiet)
    if adjust is not None:
        adjust(place)
    run([wasl, "init", place / "switch"], **quiet)
    config = place / "switch" / "wasl.toml"
    text = re.sub(r"(?m)^(\[listen\](?:\n(?!\[).*)*?\n)port = .*$", r"\1port = 0",
                  config.read_text())
    text = re.sub(r"(?m)^(\[admin\](?:\n(?!\[).*)*?\n)port = .*$", r"\1port = 0", text)
    config.write_text(text)
    began = time.monotonic()
    run([wasl, "import", "--config", config, place / "network"], **quiet)
    (place / "import_seconds").write_text(f"{time.monotonic() - began:.1f}")
    done.write_text(today)
    return place


class Switch:
    """A copy of a prepared switch, served until the end of the `with` block."""

    def __init__(self, wasl, prepared):
        self.wasl, self.network = wasl, prepared / "network"
        self.home = prepared / "copy"
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(prepared / "switch", self.home)
        os.sync()  # Else the system writes the copy half a minute later, before the journal's syncs.

    def __enter__(self):
        self.serve()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.home)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(STOP_SECONDS_MAX)

    def serve(self):
        """Starts it; gives the seconds until it is ready."""
        log = self.home / "log"
        began = time.monotonic()
        with log.open("w", encoding="utf-8") as out:
            self.process = subprocess.Popen(
                [str(self.wasl), "serve", "--config", str(self.home / "wasl.toml")],
                stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        while time.monotonic() - began < READY_SECONDS_MAX:
            for line in log.read_text(encoding="utf-8").splitlines():
                event = json.loads(line)
                if event.get("event") == "serve.ready":
                    self.port, self.admin_port = event["port"], event["admin_port"]
                    return time.monotonic() - began
            if self.process.poll() is not None:
                raise SystemExit(f"error: the switch ended: {log.read_text(encoding='utf-8')}")
            time.sleep(0.01)
        raise SystemExit("error: the switch is not ready")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def load(self, *options):
        done = run([self.wasl, "bench", self.home, "--network", self.network, "--port", self.port,
                    "--json", *options], stdout=subprocess.PIPE)
        time.sleep(SETTLE_SECONDS)
        return json.loads(done.stdout)

    def cpu_seconds(self):
        stat = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8")
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_kib(self):
        statm = pathlib.Path(f"/proc/{self.process.pid}/statm").read_text(encoding="utf-8")
        return int(statm.split()[1]) * PAGE_KIB

    def metric(self, name):
        page = urllib.request.urlopen(f"http://127.0.0.1:{self.admin_port}/metrics", timeout=10)
        for line in page.read().decode().splitlines():
            if line.startswith(name + " "):
                return float(line.split()[1])
        raise SystemExit(f"error: the switch has no metric {name}")


def closed_loop(switch, connections, seconds):
    """Rate and processor time with one claim in flight on each connection."""
    names = ("wasl_group_commands_sum", "wasl_group_commands_count", "wasl_journal_bytes_total")
    before = [switch.metric(name) for name in names]
    cpu = switch.cpu_seconds()
    report = switch.load("--connections", connections, "--seconds", seconds)
    cpu = switch.cpu_seconds() - cpu
    commands, groups, size = (switch.metric(name) - old for name, old in zip(names, before))
    if report["approved"] < 0.8 * report["claims"]:
        raise SystemExit(f"error: most claims should be approved: {report}")
    return {"switch_per_s": report["claims_per_second"],
            "server_cpu_us_per_claim": 1e6 * cpu / report["claims"],
            "closed_loop_latency_ms": report["latency_ms"],
            "request_bytes": report["request_bytes"], "answer_bytes": report["answer_bytes"],
            "record_bytes": size / commands, "group_claims": commands / groups}


def open_loop(switch, rate, connections, seconds):
    """Latency by a schedule at a rate: stalls count."""
    report = switch.load("--connections", connections, "--seconds", seconds, "--rate", int(rate))
    return {"latency_ms": report["latency_ms"], "latency_at_per_s": int(rate),
            "latency_claims_per_s": report["claims_per_second"]}


def connected(switch, connections):
    """Resident memory of so many terminals, after one claim each. What the claims themselves leave
    in memory is taken off: as much as so many leave that come over few connections."""
    switch.load("--claims", connections)
    warm = switch.resident_kib()
    switch.load("--claims", connections)
    before = switch.resident_kib()
    claims = before - warm
    load = subprocess.Popen(
        [str(switch.wasl), "bench", str(switch.home), "--network", str(switch.network), "--port",
         str(switch.port), "--connections", str(connections), "--claims", str(connections),
         "--rate", str(TERMINALS_PER_SECOND), "--hold", "15", "--json"],
        stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    most = before
    while load.poll() is None:
        most = max(most, switch.resident_kib())
        time.sleep(0.2)
    report = json.loads(load.stdout.read())
    if report["connections"] != connections or report["claims"] != connections:
        raise SystemExit(f"error: not every terminal had its claim answered: {report}")
    return {"rss_kib_per_connection": (most - before - claims) / connections,
            "rss_kib_per_claim": claims / connections,
            "connecting_seconds": report["connecting_seconds"]}
