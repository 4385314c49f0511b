# The binary with the concurrent parts under TSan. Without randomised addresses: TSan of g++ 12
# does not know the layouts of newer kernels. tsan_suppressions.txt names what libraries of Debian do.
folder="$wasl_root/build/tsan"
wasl_configure "$folder" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O1 -g1" -DWASL_SANITIZE=thread
wasl_build "$folder" concurrency_test
export TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1 \
suppressions=$wasl_root/.ci/tsan_suppressions.txt"
setarch --addr-no-randomize "$folder/bin/concurrency_test"
