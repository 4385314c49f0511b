"""Runs clang-tidy-19 over switch/ and adapters/ as configured in a build folder: tidy.py FOLDER.

A file that passed is not read again until it, a project header that it includes, its compile
command, .clang-tidy or the linter change: the marks stand in build/tidy/. A finding in a header is
printed once, however many files include it.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARKS = ROOT / "build" / "tidy"
LINTER = "clang-tidy-19"
CHECKED = ("switch", "adapters")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
FINDING = re.compile(r"^(?:/|error:).*(?:error|warning):", re.MULTILINE)


def checked_commands(folder):
    """The compile commands of our own files, without g++'s warning options: clang has others."""
    commands = []
    for entry in json.loads((folder / "compile_commands.json").read_text()):
        file = pathlib.Path(entry["file"])
        if not file.is_relative_to(ROOT) or file.relative_to(ROOT).parts[0] not in CHECKED:
            continue
        words = [word for word in shlex.split(entry["command"]) if not word.startswith("-W")]
        commands.append({**entry, "command": shlex.join(words + ["-Wthread-safety"])})
    return commands


class Keys:
    """What a file's result depends on, as one hash."""

    def __init__(self, folder):
        version = subprocess.run([LINTER, "--version"], capture_output=True, check=True).stdout
        self.common = version + (ROOT / ".clang-tidy").read_bytes()
        self.search = (ROOT / "switch", ROOT, folder / "proto")
        self.read = {}

    def contents(self, file):
        if file not in self.read:
            text = file.read_text()
            found = (self.resolve(file, name) for name in INCLUDE.findall(text))
            digest = hashlib.sha256(text.encode()).hexdigest()
            self.read[file] = (digest, [header for header in found if header])
        return self.read[file]

    def resolve(self, file, name):
        for folder in (file.parent, *self.search):
            if (folder / name).is_file():
                return folder / name
        return None

    def key(self, command):
        reached, waiting = {}, [pathlib.Path(command["file"])]
        while waiting:
            file = waiting.pop()
            if file not in reached:
                reached[file], includes = self.contents(file)
                waiting.extend(includes)
        parts = sorted(f"{file} {digest}" for file, digest in reached.items())
        text = "\n".join([command["command"], *parts])
        return hashlib.sha256(self.common + text.encode()).hexdigest()


def lint(command, mark):
    run = subprocess.run([LINTER, "-p", str(MARKS), "--quiet", command["file"]],
                         capture_output=True, text=True, check=False)
    if run.returncode == 0:
        mark.touch()
    return run.returncode, run.stdout if run.stdout.strip() else run.stderr


def findings(output):
    starts = [match.start() for match in FINDING.finditer(output)] or [0]
    return [output[a:b].rstrip() for a, b in zip(starts, starts[1:] + [len(output)])]


def main(folder):
    MARKS.mkdir(parents=True, exist_ok=True)
    commands = checked_commands(folder)
    if not commands:
        sys.exit(f"error: {folder} compiles no file of {' or '.join(CHECKED)}")
    (MARKS / "compile_commands.json").write_text(json.dumps(commands))
    keys = Keys(folder)
    marks = {command["file"]: MARKS / f"{keys.key(command)}.passed" for command in commands}
    for stale in set(MARKS.glob("*.passed")) - set(marks.values()):
        stale.unlink()
    waiting = [command for command in commands if not marks[command["file"]].exists()]
    print(f"{len(commands)} files, {len(commands) - len(waiting)} of them unchanged", flush=True)

    printed, failed = set(), 0
    jobs = int(os.environ.get("WASL_JOBS", "2"))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        waiting_marks = [marks[command["file"]] for command in waiting]
        for code, output in pool.map(lint, waiting, waiting_marks):
            if code == 0:
                continue
            failed += 1
            for finding in findings(output):
                if finding not in printed:
                    print(finding, flush=True)
                printed.add(finding)
    print(f"{failed} files with {len(printed)} findings" if failed else "no findings")
    return 1 if failed else 0


sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
