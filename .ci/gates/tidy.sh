# The linter and clang's thread-safety analysis over switch/ and adapters/, by .clang-tidy.
wasl_configure "$wasl_release" "${wasl_release_options[@]}"
wasl_build "$wasl_release" wasl_proto  # The linter reads its generated headers.
python3 "$wasl_root/.ci/gates/tidy.py" "$wasl_release"
