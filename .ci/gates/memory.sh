# The tests under ASan and UBSan, with the standard library's own checks. Left to the release build:
# what cuts power or kills (label crash, not built here), and the clients in Python (label system),
# whose own memory none of these checks.
folder="$wasl_root/build/asan"
wasl_configure "$folder" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O1 -g1 -D_GLIBCXX_ASSERTIONS" \
  -DWASL_SANITIZE=address,undefined
wasl_build "$folder" memory_tests
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=print_stacktrace=1
wasl_run_tests "$folder" -LE '^(crash|system)$' -E '_NOT_BUILT$'
