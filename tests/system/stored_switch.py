"""A stopped switch with a history of two days, for tests that damage copies of it.

    stored = StoredSwitch()     several segments, a head elsewhere; killed: its store is behind
    stored.answered             what its terminal holds: pairs of a claim and the answer's body
    stored.receipt              the last answer
    case = stored.copy()        a copy to damage: a Network with .path(name), .put(...), .whole()
    stored.yesterday            a Path: the directory as it was before the last import
    stored.noon                 a Path: as it was when the store was last brought up
    stored.other                a Path: the directory of another switch

Names are those under the switch's directory: "journal/0000000000000001.seg", "head/head", ...
"""

import shutil
import subprocess
import time

import plain_network
from client import Connection
from switch import Network

SEGMENT_BYTES = 1024 * 1024  # The smallest that can be configured.
SECTOR_BYTES = 512
SMALLEST_BYTES = 4096  # Of a segment, docs/data_format.md.
CLAIMS_A_DAY = 40
PROVIDER = plain_network.PROVIDERS[0]
NEW_PRESCRIBER = "prescriber,name,suspended,source_version\nM900001,Dr New,no,1\n"
CASTAGNOLI = 0x82F63B78


def crc32c(data):
    """RFC 3720, bit by bit: headers are short."""
    register = 0xFFFFFFFF
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = (register >> 1) ^ (CASTAGNOLI if register & 1 else 0)
    return register ^ 0xFFFFFFFF


def rewrite(path, at, value, crc_at, start=0):
    """Puts bytes into a header or slot at `start` of a file, with the checksum that belongs."""
    with open(path, "r+b") as file:
        file.seek(start)
        header = bytearray(file.read(crc_at))
        header[at:at + len(value)] = value
        file.seek(start)
        file.write(header + crc32c(header).to_bytes(4, "big"))


def flip(path, at):
    with open(path, "r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 0x10]))


def end_of_records(segment):
    return len(segment.read_bytes().rstrip(b"\0"))


def copy_tree(source, target):
    """Holes stay holes: a segment is mostly zeros."""
    subprocess.run(["cp", "-a", "--sparse=always", source, target], check=True)


def segments(directory):
    return sorted(directory.glob("*.seg"))


class StoredSwitch:
    def __init__(self):
        self.network = Network(3 * CLAIMS_A_DAY)
        self.directory = self.network.directory / "switch"
        self.yesterday = self.network.directory / "yesterday"
        self.noon = self.network.directory / "noon"
        self.other = self.network.directory / "other"
        self.answered = []
        self.network.change({"data.segment_bytes": SEGMENT_BYTES})
        self.move_head()
        self.end_segment()
        self.trade(range(CLAIMS_A_DAY))
        self.network.stop()
        copy_tree(self.directory, self.yesterday)
        self.end_segment()
        self.import_prescriber()
        self.trade(range(CLAIMS_A_DAY, 2 * CLAIMS_A_DAY))
        self.network.stop()
        self.end_segment()
        copy_tree(self.directory, self.noon)
        self.trade(range(2 * CLAIMS_A_DAY, 3 * CLAIMS_A_DAY))
        self.network.kill()
        self.sequence = self.network.verify()["sequence"]
        self.network.wasl("init", str(self.other))
        self.copies = 0

    def end_segment(self):
        """A segment states its own size: this makes the last one with records end behind them, so
        that what comes next begins another."""
        *_, last = (each for each in segments(self.directory / "journal")
                    if end_of_records(each) > SECTOR_BYTES)
        size = max(SMALLEST_BYTES, -(-end_of_records(last) // SECTOR_BYTES) * SECTOR_BYTES)
        with open(last, "r+b") as file:
            file.truncate(size)
        rewrite(last, at=40, value=size.to_bytes(8, "big"), crc_at=48)

    def move_head(self):
        (self.directory / "head").mkdir()
        (self.directory / "journal/head").rename(self.directory / "head/head")
        self.network.change({"data.head": "head"})

    def import_prescriber(self):
        file = self.network.directory / "prescribers.csv"
        file.write_text(NEW_PRESCRIBER, encoding="utf-8")
        self.network.import_files(file)

    def trade(self, households):
        self.network.start()
        with self.network.connect("provider", PROVIDER) as connection:
            for household in households:
                claim = self.network.claim(PROVIDER, household)
                self.receipt = connection.ask(claim)
                self.answered.append((claim, self.receipt.body))
        # The head comes a little late; what it has not seen may be lost together with the journal.
        while self.network.metrics()["wasl_journal_head_lag_records"] > 0:
            time.sleep(0.01)

    def copy(self):
        self.copies += 1
        return StoredCopy(self, self.network.directory / f"copy-{self.copies}")

    def remove(self):
        self.network.remove()


class StoredCopy(Network):
    """Its certificates are those of the original."""

    def __init__(self, stored, directory):
        self.stored = stored
        self.directory = directory
        self.configuration = directory / "switch/wasl.toml"
        self.command = stored.network.command
        self.process = None
        directory.mkdir()
        copy_tree(stored.directory, directory / "switch")

    def path(self, name=""):
        return self.directory / "switch" / name

    def segments(self, copy="journal"):
        return segments(self.path(copy))

    def put(self, source, name):
        """Puts another switch's or yesterday's file or directory in the place of this one's."""
        self.take_away(name)
        copy_tree(source / name, self.path(name))

    def take_away(self, name):
        path = self.path(name)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    def mirror(self):
        """Adds a mirror that is whole."""
        self.path("mirror").mkdir()
        for segment in self.segments():
            shutil.copy(segment, self.path("mirror"))
        self.change({"data.mirror": "mirror"})

    def refused(self, journal_whole=False):
        """What `serve` says when it refuses to start. Unless the journal was whole, and so made
        ready to go on, journal and head are as they were."""
        before = self.fingerprint()
        done = self.wasl("serve", "--config", str(self.configuration), code=1)
        assert journal_whole or self.fingerprint() == before, "a refused start wrote"
        assert done.stderr.count("\n") == 1 and done.stderr.startswith("wasl serve: "), done.stderr
        return done.stderr

    def fingerprint(self):
        files = [file for place in ("journal", "head", "mirror")
                 for file in sorted(self.path(place).glob("*")) if file.name != "LOCK"]
        return [(file, file.read_bytes()) for file in files]

    def connect_stored(self):
        identity = self.stored.network.identity("provider", PROVIDER)
        return Connection(self.address, identity)

    def whole(self):
        """Starts, asks for every answer that was given, stops; nothing may be missing."""
        self.start()
        with self.connect_stored() as connection:
            ids = [connection.send(claim) for claim, _ in self.stored.answered]
            for id, (_, body) in zip(ids, self.stored.answered):
                answer = connection.answer_to(id)
                assert answer.repeat and answer.body == body
        self.stop()
        verified = self.verify()
        assert verified["sequence"] == self.stored.sequence, verified
        return verified
