#!/bin/sh
# site.sh BLOG DIRECTORY: writes a blog as pages that any web server can hand out: all of it, a page
# for each post, and a feed. BLOG is whose it is, or SERVICE/NODE.
set -eu
mkdir -p "$2"
jp blog list "$1" --limit 100000 --template blog.html >"$2/index.html"
jp blog list "$1" --limit 50 --template blog.atom >"$2/feed.atom"
jp blog list "$1" --limit 100000 --fields id,uri | while IFS='	' read -r id uri; do
    page=$2/$(printf %s "$id" | tr -c A-Za-z0-9 -).html
    jp blog read "$uri" --template post.html </dev/null >"$page"
done
