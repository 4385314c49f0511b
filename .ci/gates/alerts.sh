# Alerts: syntax, behaviour, and that they name series which exist; the metrics' own form.
promtool="$wasl_tools/prometheus/usr/bin/promtool"
golden="$wasl_root/tests/golden/metrics.txt"
"$promtool" check rules "$wasl_root/deploy/alerts.yml"
"$promtool" test rules "$wasl_root/deploy/alerts_test.yml"
# The golden list holds every series without its value.
awk '/^#/ || !NF {print; next} {print $0, 0}' "$golden" | "$promtool" check metrics
for name in $(grep -oE 'wasl_[a-z_]+' "$wasl_root/deploy/alerts.yml" | sort -u); do
  grep -qE "^(# TYPE )?$name(\{| |\$)" "$golden" || wasl_fail "deploy/alerts.yml names $name, which is no series"
done
