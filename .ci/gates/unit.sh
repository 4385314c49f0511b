# The systemd unit: readable, and exposed at most 1.5 of 10.
export LD_LIBRARY_PATH="$wasl_tools/libsystemd-shared/usr/lib/x86_64-linux-gnu/systemd"
analyze="$wasl_tools/systemd/usr/bin/systemd-analyze"
unit="$wasl_root/deploy/wasl.service"
"$analyze" security --offline=true --threshold=15 --no-pager "$unit" | tail -n 1

# verify wants the program to be there; what it says of anything else is an error.
copy="$wasl_root/build/unit"
mkdir -p "$copy"
sed -E 's%/usr/bin/wasl |/bin/kill %/bin/true %' "$unit" >"$copy/wasl.service"
"$analyze" verify --man=no --recursive-errors=no "$copy/wasl.service"
