# Every header compiles alone.
wasl_configure "$wasl_release" "${wasl_release_options[@]}"
wasl_build "$wasl_release" all_verify_interface_header_sets
