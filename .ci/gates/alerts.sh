# Alerts: syntax, behaviour, and that they name series and labels which exist; the metrics' own form.
promtool="$wasl_tools/prometheus/usr/bin/promtool"
alerts="$wasl_root/deploy/alerts.yml"
golden="$wasl_root/tests/golden/metrics.txt"
"$promtool" check rules "$alerts"
"$promtool" test rules "$wasl_root/deploy/alerts_test.yml"

# The golden list holds neither values, nor help texts, nor buckets; ops_test checks those.
awk '$2 == "TYPE" {print "# HELP", $3, "Pinned."} /^#/ || !NF {print; next} {print $0, 0}' \
  "$golden" | "$promtool" check metrics

for name in $(grep -oE '\bwasl_[a-z_]+' "$alerts" | sed 's/_bucket$//' | sort -u); do
  grep -q "^# TYPE $name " "$golden" || wasl_fail "deploy/alerts.yml names $name: no such metric"
done
grep -oE '\b(cause|role|stage|state|what)(=|=~|!=)"[a-z_|]+"' "$alerts" | sort -u |
  while IFS='=!~"' read -r label values; do
    for value in $(tr '=~"|' '    ' <<<"$values"); do
      grep -q "[{,]$label=\"$value\"" "$golden" ||
        wasl_fail "deploy/alerts.yml names $label=\"$value\": no series has it"
    done
  done
