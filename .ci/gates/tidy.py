"""Runs clang-tidy-19 over switch/ and adapters/ as configured in a build folder: tidy.py FOLDER.

A file that passed is not read again until it, a project header that it includes, its compile
command, .clang-tidy or the linter change. The marks stand in ~/.cache/wasl/tidy and name no path, so
that every checkout shares them. A finding in a header is printed once, however many files include it.
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
MARKS = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "wasl" / "tidy"
# Empty files; the tree has some hundred sources, so this remembers its last score of versions.
MARKS_MAX = 5000
COMMANDS = ROOT / "build" / "tidy"
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


def search_folders(command):
    """Where the command's compiler looks for headers of this project, generated ones included."""
    words = shlex.split(command["command"])
    named = [word[2:] for word in words if word.startswith("-I")]
    named += [after for word, after in zip(words, words[1:]) if word == "-isystem"]
    return [pathlib.Path(name) for name in named if pathlib.Path(name).is_relative_to(ROOT)]


class Keys:
    """What a file's result depends on, as one hash that is the same in every checkout."""

    def __init__(self):
        version = subprocess.run([LINTER, "--version"], capture_output=True, check=True).stdout
        self.common = version + (ROOT / ".clang-tidy").read_bytes()
        self.read = {}

    def contents(self, file):
        if file not in self.read:
            text = file.read_text()
            self.read[file] = (hashlib.sha256(text.encode()).hexdigest(), INCLUDE.findall(text))
        return self.read[file]

    def key(self, command):
        folders = search_folders(command)
        reached, waiting = {}, [pathlib.Path(command["file"])]
        while waiting:
            file = waiting.pop()
            if file in reached:
                continue
            reached[file], names = self.contents(file)
            waiting.extend(found for name in names if (found := resolve(name, file, folders)))
        parts = sorted(f"{file} {digest}" for file, digest in reached.items())
        text = "\n".join([command["command"], *parts]).replace(str(ROOT), "")
        return hashlib.sha256(self.common + text.encode()).hexdigest()


def resolve(name, includer, folders):
    for folder in (includer.parent, *folders):
        if (folder / name).is_file():
            return folder / name
    return None


def forget_oldest_marks():
    marks = sorted(MARKS.iterdir(), key=lambda mark: mark.stat().st_mtime)
    for mark in marks[:-MARKS_MAX]:
        mark.unlink(missing_ok=True)


def lint(command, mark):
    run = subprocess.run([LINTER, "-p", str(COMMANDS), "--quiet", command["file"]],
                         capture_output=True, text=True, check=False)
    if run.returncode == 0:
        mark.touch()
    return run.returncode, run.stdout if run.stdout.strip() else run.stderr


def findings(output):
    starts = [match.start() for match in FINDING.finditer(output)] or [0]
    return [output[a:b].rstrip() for a, b in zip(starts, starts[1:] + [len(output)])]


def main(folder):
    MARKS.mkdir(parents=True, exist_ok=True)
    COMMANDS.mkdir(parents=True, exist_ok=True)
    commands = checked_commands(folder)
    if not commands:
        sys.exit(f"error: {folder} compiles no file of {' or '.join(CHECKED)}")
    (COMMANDS / "compile_commands.json").write_text(json.dumps(commands))
    keys = Keys()
    marks = {command["file"]: MARKS / keys.key(command) for command in commands}
    for mark in marks.values():
        if mark.exists():
            mark.touch()
    forget_oldest_marks()
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
