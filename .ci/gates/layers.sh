# Who may include whom.
python3 "$wasl_root/.ci/gates/layers.py"
