# The steps that deploy/wasl.service documents, as a user who is not root and owns nothing but the
# service's directory: init, import, serve, SIGTERM. Only systemd itself is missing.
wasl_configure "$wasl_release" "${wasl_release_options[@]}"
wasl_build "$wasl_release" wasl

home=$(mktemp -d)
server=
finish() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true
  rm -rf "$home"
}
trap finish EXIT
# The service's user: any that exists, without root's rights.
user=()
if [[ $EUID -eq 0 ]]; then
  chown nobody "$home"
  user=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
install -m 0755 "$wasl_release/bin/wasl" "$home/wasl"
cp -r "$wasl_root/config/sample" "$home/network"
chmod -R a+rX "$home/network"

# The words of the unit, with this directory for /var/lib/wasl and this build for /usr/bin/wasl.
config="$home/switch/wasl.toml"
step() {
  printf '%s\n' "$*"
  "${user[@]}" "$home/wasl" "$@"
}
step init "$home/switch" --dns localhost
sed -i -E 's/^(port = )[0-9]+/\10/' "$config"
step import --config "$config" "$home/network"
: >"$home/log"
exec_start=$(sed -n 's%^ExecStart=/usr/bin/wasl %%p' "$wasl_root/deploy/wasl.service")
read -ra words <<<"${exec_start//\/var\/lib\/wasl/$home}"
"${user[@]}" "$home/wasl" "${words[@]}" 2>"$home/log" &
server=$!
for ((i = 0; i < 300; ++i)); do
  if grep -q serve.ready "$home/log"; then break; fi
  kill -0 "$server" || break
  sleep 0.1
done
grep serve.ready "$home/log" || { cat "$home/log"; wasl_fail "the service's user cannot serve"; }
kill "$server"
wait "$server"
server=
grep serve.stopped "$home/log"
step verify --config "$config"
