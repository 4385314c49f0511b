# What the scripts share: installing packages, configuring and building. Sourced, never run.
# Everything here speaks on stderr, so that a script's stdout holds its result and nothing else.

wasl_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
wasl_release="$wasl_root/build/release"
wasl_tools="$wasl_root/build/tools"
wasl_release_options=(-DCMAKE_BUILD_TYPE=Release -DWASL_TESTS=ON)

# Two compilations at once: the heaviest files need more than 1 GiB each, and small machines have
# two cores. WASL_JOBS overrides it.
wasl_jobs=${WASL_JOBS:-$(($(nproc) < 2 ? 1 : 2))}

# Each checkout has another path; without these no two of them would share a compilation.
export CCACHE_BASEDIR=$wasl_root CCACHE_NOHASHDIR=true
export CCACHE_SLOPPINESS=pch_defines,time_macros

wasl_say() { printf '%s\n' "$*" >&2; }
wasl_fail() {
  wasl_say "error: $*"
  exit 1
}

# Lines "package why" of a group (build, test, gates, bench) with the given way (install, unpack).
wasl_packages() {
  local group how package why
  while read -r group how package why; do
    if [[ $group == "$1" && $how == "$2" ]]; then printf '%s %s\n' "$package" "$why"; fi
  done <"$wasl_root/scripts/packages"
}

wasl_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null) == *installed* &&
    $(dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null) != *not-installed* ]]
}

# Runs apt-get as root: directly, or through sudo. Never asks where nobody can answer.
wasl_apt() {
  local as_root=()
  if [[ $EUID -ne 0 ]]; then
    as_root=(sudo)
    if [[ ! -t 0 ]]; then as_root=(sudo --non-interactive); fi
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >&2
}

wasl_require_apt() {
  command -v apt-get >/dev/null ||
    wasl_fail "this needs Debian 12 and its apt-get; packages wanted: $*"
  if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null; then
    wasl_fail "not root and no sudo. As root, run: apt-get install --no-install-recommends $*"
  fi
}

# Installs what is missing of the named groups. Touches neither the network nor apt otherwise.
wasl_install() {
  local group package why missing=()
  for group in "$@"; do
    while read -r package why; do
      if [[ " ${missing[*]} " == *" $package "* ]] || wasl_installed "$package"; then continue; fi
      if [[ ${#missing[@]} -eq 0 ]]; then wasl_say "Installing Debian packages ($group):"; fi
      wasl_say "$(printf '  %-24s %s' "$package" "$why")"
      missing+=("$package")
    done < <(wasl_packages "$group" install)
  done
  if [[ ${#missing[@]} -gt 0 ]]; then
    wasl_require_apt "${missing[*]}"
    if [[ $EUID -ne 0 ]]; then wasl_say "(through sudo, which may ask for your password)"; fi
    wasl_apt update || wasl_say "warning: apt-get update failed; trying with the lists there are"
    wasl_apt install --no-install-recommends "${missing[@]}" ||
      wasl_fail "apt-get could not install: ${missing[*]}"
  fi
  for group in "$@"; do wasl_unpack "$group"; done
}

# The files of packages that must not be installed, as build/tools/PACKAGE/usr/...
wasl_unpack() {
  local package why directory
  while read -r package why; do
    directory="$wasl_tools/$package"
    if [[ -d $directory ]]; then continue; fi
    wasl_say "Unpacking $package into build/tools/ ($why)"
    rm -rf "$directory.new"
    mkdir -p "$directory.new"
    wasl_download "$package" "$directory.new"
    dpkg-deb --extract "$directory.new"/*.deb "$directory.new"
    rm "$directory.new"/*.deb
    mv "$directory.new" "$directory"
  done < <(wasl_packages "$1" unpack)
}

wasl_download() {
  local package=$1 directory=$2
  # As the user that calls: apt's own user may not write there.
  local download=(apt-get -q -o APT::Sandbox::User="$(id -un)" download "$package")
  if (cd "$directory" && "${download[@]}" >&2); then return; fi
  wasl_say "once more, with fresh package lists"
  wasl_require_apt "$package"
  wasl_apt update
  (cd "$directory" && "${download[@]}" >&2) || wasl_fail "could not download $package"
}

# Configures a build folder, unless it was configured with the same options before.
wasl_configure() {
  local folder=$1
  shift
  local options="$*"
  if [[ -f $folder/build.ninja && $(cat "$folder/wasl_options" 2>/dev/null) == "$options" ]]; then
    return
  fi
  cmake -G Ninja -S "$wasl_root" -B "$folder" \
    -DCMAKE_RUNTIME_OUTPUT_DIRECTORY="$folder/bin" "$@" >&2
  printf '%s' "$options" >"$folder/wasl_options"
}

# wasl_build FOLDER TARGET...
wasl_build() {
  local folder=$1
  shift
  ninja -C "$folder" -j "$wasl_jobs" "$@" >&2
}

# wasl_run_tests FOLDER [options of ctest]: the folder's tests, then a summary of a few lines.
# The whole output of failed tests is printed; FOLDER/Testing/Temporary/LastTest.log has all of it.
wasl_run_tests() {
  local folder=$1 code=0
  shift
  local run=(ctest --test-dir "$folder" -j "$wasl_jobs" --output-on-failure --no-tests=error
    --output-junit "$folder/tests.xml" "$@")
  rm -f "$folder/tests.xml"
  if [[ -t 1 ]]; then
    "${run[@]}" --progress || code=$?
  else
    "${run[@]}" | wasl_fewer_lines || code=$?
  fi
  if [[ -f $folder/tests.xml ]]; then
    python3 "$wasl_root/scripts/test_summary.py" "$folder/tests.xml"
  fi
  return "$code"
}

# One line for each hundred tests that passed. With --progress ctest does better, on a terminal only.
wasl_fewer_lines() {
  awk '/^ +Start +[0-9]+: / {next}
    / Passed +[0-9.]+ sec *$/ {if (++passed % 100 == 0) print passed " passed"; fflush(); next}
    {print; fflush()}'
}
