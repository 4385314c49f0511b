"""Checks who includes whom against the table of docs/architecture.md: layer = folder = target."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
EVERYTHING = None

# Module: the modules whose headers it may include besides its own; "wasl" is the generated protocol.
MAY_INCLUDE = {
    "core": set(),
    "wire": {"core", "wasl"},
    "card": {"core"},
    "journal": {"core"},
    "store": {"core", "journal"},
    "engine": {"core"},
    "net": {"core", "wire", "card", "engine"},
    "ops": {"core"},
    "cli": EVERYTHING,
}
ADAPTERS_MAY_INCLUDE = {"core", "wasl"}

# Libraries that stay inside the modules that own them. cli wires everything and may use any.
OWNED = {
    "boost/asio": {"net", "ops"},
    "boost/beast": {"ops"},
    "openssl/": {"card", "journal", "net", "store", "wire"},
    "rocksdb/": {"store"},
    "google/protobuf/": {"wire"},
    "prometheus/": {"ops"},
    "spdlog/": {"ops"},
    "toml++/": {"ops"},
    "CLI/": set(),
    "libxml/": set(),
    "absl/": {"engine", "store", "wire", "net", "card"},
}
SOCKETS = ("sys/socket.h", "netinet/", "arpa/", "netdb.h", "boost/asio")
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')


def includes(file):
    for number, line in enumerate(file.read_text().splitlines(), start=1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1) == '"', match.group(2)


def module_of(file):
    parts = file.relative_to(ROOT / "switch").parts
    return parts[0] if len(parts) > 1 else "cli"  # main.cpp only calls cli.


def wrong_in_switch(module, own, name):
    if own:
        other, allowed = name.split("/")[0], MAY_INCLUDE[module]
        if "/" not in name:
            return "an include is written from switch/: \"module/file.hpp\""
        if allowed is not EVERYTHING and other != module and other not in allowed:
            return f"{module} may not include {other}"
        return None
    for prefix, owners in OWNED.items():
        if name.startswith(prefix) and module != "cli" and module not in owners:
            return f"<{prefix}...> does not belong in {module}"
    if module == "core" and ("/" in name or name.endswith(".h")):
        return "core includes the standard library only"
    return None


def wrong_in_adapters(file, own, name):
    if not own:
        return "adapters open no sockets" if name.startswith(SOCKETS) else None
    local = (file.parent / name).is_file() or (ROOT / "adapters" / name).is_file()
    if not local and (ROOT / name).is_file():
        local = name.startswith("adapters/")
    if local or name.split("/")[0] in ADAPTERS_MAY_INCLUDE:
        return None
    return f"an adapter may not include {name}"


def main():
    wrong, files = [], 0
    for folder in ("switch", "adapters"):
        for file in sorted((ROOT / folder).rglob("*.[ch]pp")):
            files += 1
            for number, own, name in includes(file):
                if folder == "switch":
                    problem = wrong_in_switch(module_of(file), own, name)
                else:
                    problem = wrong_in_adapters(file, own, name)
                if problem:
                    wrong.append(f"{file.relative_to(ROOT)}:{number}: {problem}")
    unknown = {path.name for path in (ROOT / "switch").iterdir() if path.is_dir()} - set(MAY_INCLUDE)
    wrong += [f"switch/{name}: a module that the table does not know" for name in sorted(unknown)]
    print("\n".join(wrong + [f"{files} files, {len(wrong)} forbidden includes"]))
    return 1 if wrong or not files else 0


sys.exit(main())
