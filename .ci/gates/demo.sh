# Ten seconds of the demonstration, and what it says of itself.
result="$wasl_root/build/demo.json"
"$wasl_root/scripts/demo" --json --duration 10 >"$result"
python3 "$wasl_root/.ci/gates/demo.py" "$result"
