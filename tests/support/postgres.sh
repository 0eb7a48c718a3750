#!/bin/sh
# A PostgreSQL of our own: in a temporary folder, on a socket in it, for as long as somebody holds our input open. However
# that somebody ends, the input closes, and database and folder go. Says the folder when it is ready, and "done" after each word.
#
# The words: stop (as if it was killed), start.
set -eu
fsync=$1
for bin in /usr/lib/postgresql/*/bin; do PATH=$bin:$PATH; done
command -v initdb >/dev/null || { echo "PostgreSQL is missing: .ci/tools.sh test installs it" >&2; exit 1; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/waakvlam-postgres.XXXXXX")
cd "$folder"
finish() {
    pg_ctl --pgdata=data --mode=immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

start() {
    pg_ctl --pgdata=data --log=log --wait --timeout=60 --options="-c listen_addresses= -c unix_socket_directories='$folder' \
        -c fsync=$fsync -c full_page_writes=$fsync -c max_connections=300 -c shared_buffers=64MB -c timezone=Asia/Kathmandu" start >/dev/null \
        || { cat log >&2; exit 1; }
}

# Sorts like a dictionary by default, as an office's database may: what we store must sort by bytes all the same.
initdb --pgdata=data --username=waakvlam --auth=trust --no-sync --encoding=UTF8 --locale=C.UTF-8 \
    --locale-provider=icu --icu-locale=nl >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
start
echo "$folder"
while read -r word; do
    case $word in
        stop) pg_ctl --pgdata=data --mode=immediate stop >/dev/null ;;
        start) start ;;
    esac
    echo done
done
