#!/bin/sh
# backup.sh WHO DIRECTORY: adds what is new of a conversation to a file, for cron at night.
# What came while the backend was not connected is in it as well: --wait has the archive asked.
set -eu
file=$2/$(printf %s "$1" | tr -c 'A-Za-z0-9.@-' _).jsonl
if [ -s "$file" ]; then
    last=$(tail -n 1 "$file" | sed 's/.*"id": *\([0-9]*\).*/\1/')
    jp message list "$1" --after "$last" --limit 1000000 --wait=10m --json >>"$file"
else
    jp message list "$1" --since @1 --limit 1000000 --wait=10m --json >"$file"
fi
