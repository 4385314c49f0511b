# The tests of the modules under ASan and UBSan, with the standard library's own checks. Left to
# the release build: what kills processes (label crash) and the whole system (label system).
folder="$wasl_root/build/asan"
wasl_configure "$folder" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O1 -g1 -D_GLIBCXX_ASSERTIONS" \
  -DWASL_SANITIZE=address,undefined
wasl_build "$folder"
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=print_stacktrace=1
wasl_run_tests "$folder" -LE '^(crash|system)$'
