# Headers without a source compile alone; the others do in the build, as their source's first include.
wasl_configure "$wasl_release" "${wasl_release_options[@]}"
wasl_build "$wasl_release" all_verify_interface_header_sets
