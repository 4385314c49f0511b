# Nobody calls .value() of a Result or an optional, which throws: test, then *. Seen in the compiled
# code, because a text search cannot tell a Result from an iterator.
wasl_configure "$wasl_release" "${wasl_release_options[@]}"
wasl_build "$wasl_release"
found=$(find "$wasl_release/switch" "$wasl_release/adapters" -name '*.o' -print0 |
  xargs -0 nm --demangle --print-file-name |
  sed -n 's/\.o:.* typeinfo for std::bad_\(optional\|expected\)_access.*//p' | sort -u)
[[ -z $found ]] || wasl_fail ".value() is called in:" $found
