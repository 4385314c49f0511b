# Countable rules: sizes of files, headers, banned words.
python3 "$wasl_root/.ci/gates/rules.py"
