"""Puts a network's directory onto a disk of a few MiB, so that it can be filled: a tmpfs in a mount
namespace of its own, which only this test's processes see. Needs root, or user namespaces.

    disk = SmallDisk(network, mebibytes)   the network's commands run on it from now on
    disk.leave(bytes)                      fills it up to that much free space, or empties it again
    disk.inside(path)                      the same path as seen on that disk
    disk.close()                           when nothing runs on it any more
"""

import os
import pathlib
import subprocess

OPTIONS = ["--mount"] if os.geteuid() == 0 else ["--mount", "--map-root-user"]
INTO = ["--mount"] if os.geteuid() == 0 else ["--mount", "--user", "--preserve-credentials"]
# The shell keeps the namespace until its input ends.
SCRIPT = """mount -t tmpfs -o size="$1"m tmpfs "$2.disk" && cp -a "$2/." "$2.disk" &&
mount --move "$2.disk" "$2" && echo mounted && read end"""


class SmallDisk:
    def __init__(self, network, mebibytes):
        self.directory = network.directory / "switch"
        pathlib.Path(f"{self.directory}.disk").mkdir()
        self.keeper = subprocess.Popen(
            ["unshare", *OPTIONS, "sh", "-c", SCRIPT, "sh", str(mebibytes), str(self.directory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.keeper.stdout.readline() == b"mounted\n", "no mount namespace: be root"
        self.filler = self.inside(self.directory / "filler")
        network.command = ["nsenter", "--target", str(self.keeper.pid), *INTO, "--",
                           *network.command]

    def inside(self, path):
        return pathlib.Path(f"/proc/{self.keeper.pid}/root{path}")

    def leave(self, free_bytes):
        self.filler.unlink(missing_ok=True)
        status = os.statvfs(self.inside(self.directory))
        size = status.f_bavail * status.f_frsize - free_bytes
        if size > 0:
            with open(self.filler, "wb") as filler:
                os.posix_fallocate(filler.fileno(), 0, size)

    def close(self):
        self.keeper.communicate()
