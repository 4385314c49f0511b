# The format of every C++ file, by .clang-format.
cd "$wasl_root"
wrong=$(git ls-files -z --cached --others --exclude-standard '*.cpp' '*.hpp' |
  xargs -0 clang-format-19 --dry-run 2>&1 | sed -n 's/:.* code should be .*//p' | sort -u)
[[ -z $wrong ]] || wasl_fail "to mend: clang-format-19 -i" $wrong
