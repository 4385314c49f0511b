# Power cuts and kill -9, judged by the clients' own record.
"$wasl_root/scripts/test" -L '^crash$'
