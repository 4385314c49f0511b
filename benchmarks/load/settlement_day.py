"""The end of a country's working day, measured: prepares a switch with as many pharmacies, serves a
copy of it, runs build/bench/bin/settlement_day against it and verifies what it left. A library of
scripts/bench.py."""

import csv
import json
import subprocess

import switch_over_tls as load

KEY = "signing_key.pem"
# Some pharmacies of the sample are suspended or have no agreement in force.
SPARE_PHARMACIES = 50
DAY_SECONDS_MAX = 900  # Certificates, claims and their sale, then the day itself.


def sign_with_one_key(place):
    """One P-256 key, registered for every pharmacy: twelve thousand would measure nothing else."""
    key = place / KEY
    load.run(["openssl", "genpkey", "-quiet", "-algorithm", "EC", "-pkeyopt",
              "ec_paramgen_curve:P-256", "-out", key])
    key.chmod(0o600)
    public = load.run(["openssl", "pkey", "-in", key, "-pubout", "-outform", "DER"],
                      stdout=subprocess.PIPE).stdout.hex()
    path = place / "network" / "providers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        out.writeheader()
        out.writerows(row | {"signing_key": public} for row in rows)


def measure(binaries, place, options):
    """`options`: pharmacies, claims_each, rate, closings_rate, cards. Fails if anything went
    otherwise than it should, never for a figure."""
    wasl = binaries / "wasl"
    count = options.pharmacies + options.pharmacies // 50 + SPARE_PHARMACIES
    prepared = load.prepare(wasl, place, options.cards, ["--pharmacies", count], sign_with_one_key)
    with load.Switch(wasl, prepared) as switch:
        done = load.run(
            [binaries / "settlement_day", "--directory", switch.home, "--network", switch.network,
             "--signing-key", prepared / KEY, "--port", switch.port, "--pid", switch.process.pid,
             "--pharmacies", options.pharmacies, "--claims-each", options.claims_each,
             "--rate", options.rate, "--closings-rate", options.closings_rate],
            stdout=subprocess.PIPE, timeout=DAY_SECONDS_MAX)
        switch.stop()
        load.run([wasl, "verify", "--config", switch.home / "wasl.toml"], stdout=subprocess.DEVNULL)
    return json.loads(done.stdout)
