"""A real network for tests: the built `wasl` as processes, over TLS on loopback, in a directory of
its own that is removed at the end. Set up with `wasl init`, `sample`, `import` and `pki` alone.

    with Network(households=100) as network:         # imported, not yet serving
        network.start()                              # returns when it is ready
        with network.connect("provider", id) as connection:
            answer = connection.ask(network.claim(id, household=7))
        network.kill(); network.start()              # kill -9, recovery
        network.stop()                               # SIGTERM; asserts exit code 0
        assert network.verify()["ok"] and network.replay()["ok"]

    Network(households, settings)    settings: {"connections.look_ups_per_minute": 5, ...}
    .claim(...) .quote(...)          a plain signed SubmitClaim, QuoteClaim: see `claim`
    .card(i) .professional(id)       the card of household i, a provider's key: card_proof.KeyHolder
    .identity(role, id)              its certificate, issued at first use: client.Identity
    .wasl(*arguments, typed="")      any command: CompletedProcess, asserted to exit with `code`
    .reload()                        SIGHUP, and whether it was carried out
    .ready(status)                   the page /readyz once it has that HTTP status
    .metrics()                       {'wasl_refused_total{code="BUSY"}': 3.0, ...}
    .log()                           the server's log so far: list of objects
    .directory, .address, .process   where it lies, (host, port), the server's Popen
    .change(settings)                changes the configuration of the stopped switch
    .command                         what runs `wasl`; small_disk.py changes it

The binary is WASL_BINARY of the environment. Ids and products are those of plain_network.py.
"""

import datetime
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

import card_proof
import plain_network
from client import Connection, Identity, pb, request_id

BINARY = os.path.abspath(os.environ.get("WASL_BINARY", "build/release/bin/wasl"))
SAMPLE = ["--seed", "1", "--cards", "100", "--pharmacies", "20", "--centres", "5",
          "--prescribers", "20", "--inns", "120", "--brands", "300", "--tarifs", "50"]
READY_SECONDS, STOP_SECONDS = 30, 10


def today(days=0):
    """The scheme's civil day, UTC+1, some days from now."""
    there = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=1)))
    return (there.date() + datetime.timedelta(days=days)).isoformat()


class Network:
    def __init__(self, households=100, settings=None):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="wasl-system-"))
        self.command = [BINARY]
        self.process = None
        self.address = None
        self.issuing = threading.Lock()
        self.cards = {}
        self.professionals = {}
        try:
            self.make(households, settings or {})
        except BaseException:
            self.remove()
            raise

    def configure(self, settings):
        self.wasl("init", str(self.directory / "switch"))
        self.configuration = self.directory / "switch/wasl.toml"
        self.change({"listen.address": "127.0.0.1", "listen.port": 0, "admin.port": 0, **settings})

    def change(self, settings):
        text = self.configuration.read_text(encoding="utf-8")
        for name, value in settings.items():
            section, key = name.split(".")
            text, count = re.subn(rf"(\n\[{section}\]\n(?:[^\[\n].*\n|\n)*?{key} = ).*",
                                  lambda found: found[1] + json.dumps(value), text)
            assert count == 1, f"no setting {name}"
        self.configuration.write_text(text, encoding="utf-8")

    def make(self, households, settings):
        self.configure(settings)
        self.wasl("sample", *SAMPLE, "--out", str(self.directory / "sample"))
        plain_network.write(self.directory / "plain", households)
        self.import_files(self.directory / "sample")
        self.import_files(self.directory / "plain")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()

    def remove(self):
        if self.process is not None:
            self.kill()
        shutil.rmtree(self.directory)

    # Commands.

    def wasl(self, *arguments, code=0, typed=""):
        done = subprocess.run([*self.command, *arguments], capture_output=True, text=True,
                              input=typed, timeout=120)
        assert done.returncode == code, f"{arguments}: {done.returncode} {done.stderr}"
        return done

    def import_files(self, *paths):
        self.wasl("import", "--config", str(self.configuration), *map(str, paths))

    def audit(self, command):
        done = subprocess.run(
            [*self.command, command, "--config", str(self.configuration), "--json"],
            capture_output=True, text=True, timeout=120)
        assert done.stdout, done.stderr
        return {"exit_code": done.returncode, **json.loads(done.stdout)}

    def verify(self):
        """The object of `wasl verify --json`, with its exit code, of the stopped switch."""
        return self.audit("verify")

    def replay(self):
        """Of `wasl replay --json`."""
        return self.audit("replay")

    # The server.

    def start(self, *arguments):
        assert self.process is None
        self.log_path = self.directory / "serve.log"
        with open(self.log_path, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [*self.command, "serve", "--config", str(self.configuration), *arguments],
                stderr=log)
        give_up = time.monotonic() + READY_SECONDS
        while time.monotonic() < give_up and self.process.poll() is None:
            ready = [line for line in self.log() if line["event"] == "serve.ready"]
            if ready:
                self.address = ("127.0.0.1", ready[0]["port"])
                self.admin_port = ready[0]["admin_port"]
                return
            time.sleep(0.01)
        raise AssertionError(f"not ready: {self.log_path.read_text(encoding='utf-8')}")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(STOP_SECONDS)
        self.process = None

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(STOP_SECONDS)
        self.process = None
        assert code == 0, f"exit code {code}"

    def reload(self):
        counts = self.reloads()
        self.process.send_signal(signal.SIGHUP)
        give_up = time.monotonic() + READY_SECONDS
        while self.reloads() == counts:
            assert time.monotonic() < give_up, "SIGHUP had no effect"
            time.sleep(0.01)
        return self.reloads()[1] == counts[1]

    def reloads(self):
        metrics = self.metrics()
        return [metrics[f'wasl_reloads_total{{result="{result}"}}'] for result in
                ("done", "failed")]

    def ready(self, status):
        give_up = time.monotonic() + READY_SECONDS
        while True:
            found, text = self.page("readyz")
            if found == status:
                return text
            assert time.monotonic() < give_up, f"/readyz says {found}: {text}"
            time.sleep(0.01)

    def page(self, name):
        """Status and text of an admin page."""
        url = f"http://127.0.0.1:{self.admin_port}/{name}"
        try:
            with urllib.request.urlopen(url, timeout=10) as page:
                return page.status, page.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def log(self):
        lines = self.log_path.read_text(encoding="utf-8").split("\n")[:-1]
        return [json.loads(line) for line in lines if line.startswith("{")]

    def metrics(self):
        lines = self.page("metrics")[1].splitlines()
        series = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
        return {name: float(value) for name, value in series}

    def until(self, reached):
        """Waits until reached(metrics): counters move behind what a client sees."""
        give_up = time.monotonic() + READY_SECONDS
        while not reached(metrics := self.metrics()):
            assert time.monotonic() < give_up, metrics
            time.sleep(0.01)

    # Participants.

    def identity(self, role, id):
        pki = self.directory / "switch/pki"
        name = f"{role}-{id}"
        with self.issuing:
            if not (pki / f"{name}.crt").exists():
                self.wasl("pki", "issue", "--dir", str(pki), "--uri", f"urn:wasl:{role}:{id}",
                          "--name", name)
        return Identity(pki / f"{name}.crt", pki / f"{name}.key", pki / "ca.crt")

    def connect(self, role, id, **options):
        return Connection(self.address, self.identity(role, id), **options)

    def master(self, fund):
        return card_proof.master_key(self.directory / f"switch/keys/{fund}.key", fund)

    def card(self, household):
        if household not in self.cards:
            self.cards[household] = card_proof.KeyHolder.card(
                self.master(plain_network.FUND), plain_network.FUND,
                plain_network.card_number(household))
        return self.cards[household]

    def professional(self, provider):
        if provider not in self.professionals:
            self.professionals[provider] = card_proof.KeyHolder.professional(
                self.master(plain_network.FUND), plain_network.FUND, provider)
        return self.professionals[provider]

    # Claims.

    def claim(self, provider, household, products=("T01",), days=0, kind=pb.SubmitClaim):
        """One pack of each product at its public price, served `days` from today, on a prescription
        of its own. Change what you like, then `sign(request, household)` again."""
        made = pb.Claim(
            kind=pb.THIRD_PARTY, provider_id=provider, terminal_id="T1",
            card=pb.CardReference(number=plain_network.card_number(household),
                                  fund=plain_network.FUND, key_version=1),
            beneficiary_rank=1, service_date=today(days),
            prescription=pb.Prescription(
                type=pb.Prescription.ACUTE,
                key=pb.PrescriptionKey(prescriber_id=plain_network.PRESCRIBER,
                                       number=request_id().hex()[:20], date=today(days))),
            lines=[pb.ClaimLine(product_code=code, quantity=1,
                                unit_price_cents=plain_network.PRICE_CENTS) for code in products])
        return self.sign(kind(request_id=request_id(), claim=made), household)

    def quote(self, provider, household, **options):
        return self.claim(provider, household, kind=pb.QuoteClaim, **options)

    def sign(self, request, household):
        """Fresh proofs for a third-party claim."""
        return card_proof.sign(request, self.card(household),
                               self.professional(request.claim.provider_id))
