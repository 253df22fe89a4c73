#!/bin/sh
# daily-log.sh ROOM DIRECTORY [DAY]: writes what was said in a room on a day, by default yesterday,
# as an HTML page.
set -eu
day=$(date --date "${3:-yesterday}" +%Y-%m-%d)
page=$2/$day.html
jp message list "$1" --since "$day" --until "$day + 1 day" --limit 1000000 \
    --template conversation.html >"$page.new"
mv "$page.new" "$page"
