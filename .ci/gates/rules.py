"""Counts what docs/contributing.md promises and no compiler or linter checks: file sizes, headers,
banned words. Reads the files that git knows or would add."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE_LINES_AIM = 200
FILE_LINES_MAX = 400
HEADER_COMMENT_LINES_MAX = 8
CODE = (".cpp", ".hpp")
SWITCH = ("switch/", "adapters/")
# Not cli and not tests/system: they wait for other processes, which nothing but asking again can do.
ROOM_NAMES = ("core", "wire", "card", "journal", "store", "engine", "net", "ops")
AWAKE = tuple(f"switch/{room}/" for room in ROOM_NAMES) + tuple(
    f"tests/{room}/" for room in (*ROOM_NAMES, "adapters", "cli", "simulation", "support"))

# Name, what is searched, in which folders (all if empty), and what to do instead. In C++ only;
# comments do not count.
CODE_RULES = [
    ("using namespace", r"\busing\s+namespace\b", SWITCH + ("benchmarks/",),
     "name the things that are used"),
    ("asio::detached", r"\basio::detached\b", (), "net::spawn: it does not drop exceptions"),
    ("disabled test", r"\bDISABLED[_]|\bGTEST[_]SKIP\b", (), "mend it or remove it"),
    ("streaming", r"\boperator<<\s*\(\s*std::ostream", SWITCH,
     "identifiers cannot be streamed; ops/log.hpp prints them masked"),
    ("plain mutex", r"\bstd::(mutex|shared_mutex|lock_guard|scoped_lock|unique_lock)\b", SWITCH,
     "core::Mutex and WASL_GUARDED_BY: clang checks them"),
    ("floating-point money", r"\b(double|float)\s+\w*(cents|amount|price)\w*", SWITCH,
     "core::Cents"),
    ("sleeping", r"\bthis_thread::sleep|(?<!\w)::u?sleep\s*\(", AWAKE,
     "a timer or a condition"),
    ("CLI11", r"#\s*include\s*<CLI/", (),
     "cli/command.hpp: CLI11 takes half a minute in every file that includes it"),
]
RULE_EXCEPTIONS = {("plain mutex", "switch/core/mutex.hpp"), ("CLI11", "switch/cli/command.cpp")}

# In every text file, comments and documents too. Brackets keep the patterns from finding themselves.
TEXT_RULES = [
    ("a path of one machine", r"(?<![\w.])[/](work|farm|home)[/]\w|bash[_]jobs"),
    ("an open end without its issue", r"\b(FIX[M]E|XX[X]|HAC[K])\b|\bTOD[O]\b(?!\(\d+\))"),
]
# Hosts that addresses in the tree may name: loopback, reserved names, standards and sources.
HOSTS = re.compile(r"localhost|127\.\d+\.\d+\.\d+|\[::1\]|([\w-]+\.)*example(\.\w+)?|"
                   r"(www\.)?(rfc-editor|w3|prometheus|postgresql|sqlite|debian|grafana)\.(org|io|com)|"
                   r"csrc\.nist\.gov|github\.com|json-schema\.org")
ADDRESS = re.compile(r"\bhttps?://([^/\s:\"'<>)`]+)")


def files():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
        capture_output=True, check=True).stdout.decode().split("\0")
    return [name for name in listed if name and (ROOT / name).is_file()]


def without_comment(line):
    return line.split("//")[0]


def header_problems(lines):
    if not lines or lines[0] != "#pragma once":
        return ["a header begins with #pragma once"]
    comment = 0
    while comment + 1 < len(lines) and lines[comment + 1].startswith("//"):
        comment += 1
    if not 1 <= comment <= HEADER_COMMENT_LINES_MAX:
        return [f"after #pragma once, 1 to {HEADER_COMMENT_LINES_MAX} lines: what it is, invariant, thread"]
    return []


def includes_own_header_first(name, lines):
    first = next((line for line in lines if line.startswith("#include")), "")
    return first.endswith(f'{pathlib.Path(name).stem}.hpp"')


def code_problems(name, lines):
    if len(lines) > FILE_LINES_MAX:
        yield f"{name}: {len(lines)} lines; at most {FILE_LINES_MAX}"
    if name.endswith(".hpp"):
        yield from (f"{name}:1: {problem}" for problem in header_problems(lines))
    elif (ROOT / name).with_suffix(".hpp").is_file() and not includes_own_header_first(name, lines):
        yield f"{name}: its own header is not its first include, which shows that it compiles alone"
    for rule, pattern, folders, instead in CODE_RULES:
        if (folders and not name.startswith(folders)) or (rule, name) in RULE_EXCEPTIONS:
            continue
        for number, line in enumerate(lines, start=1):
            if re.search(pattern, without_comment(line)):
                yield f"{name}:{number}: {rule}: {instead}"


def inline_functions(name, text):
    """The header's inline functions outside classes: namespace, name and types of the parameters."""
    space = re.search(r"^namespace ([\w:]+) \{", text, re.M)
    for found in re.finditer(r"^(?:template[^\n]*\n)?(?:inline )?\w[\w:<>&*, ]*?\b(\w+)\(([^)]*)\) \{",
                             text, re.M):
        types = re.sub(r"(?<=[\w>&*] )\w+(?=,|$)", "", " ".join(found[2].split()))
        yield (space[1] if space else "", found[1], types)


def defined_twice(headers):
    """One binary keeps one of two inline functions of one name, whatever they return."""
    first = {}
    for name, lines in headers:
        for function in inline_functions(name, "\n".join(lines)):
            if first.setdefault(function, name) != name:
                yield f"{name}: {function[0]}::{function[1]}({function[2]}) is also in {first[function]}"


def text_problems(name, lines):
    for number, line in enumerate(lines, start=1):
        for rule, pattern in TEXT_RULES:
            if re.search(pattern, line):
                yield f"{name}:{number}: {rule}"
        if str(ROOT) in line and ROOT != pathlib.Path("/"):
            yield f"{name}:{number}: the path of this checkout"
        for host in ADDRESS.findall(line):
            if not HOSTS.fullmatch(host):
                yield f"{name}:{number}: an address at a host that is not on the list: {host}"


def main():
    problems, headers, large, names = [], [], 0, files()
    for name in names:
        try:
            lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # Not text.
        problems.extend(text_problems(name, lines))
        if name.endswith(CODE):
            problems.extend(code_problems(name, lines))
            large += len(lines) > FILE_LINES_AIM
        if name.endswith(".hpp"):
            headers.append((name, lines))
    problems.extend(defined_twice(headers))
    print("\n".join(problems))
    print(f"{len(names)} files, {len(problems)} problems; {large} files of code have more than the "
          f"{FILE_LINES_AIM} lines aimed at, none of them an error up to {FILE_LINES_MAX}")
    return 1 if problems else 0


sys.exit(main())
