#!/bin/sh
# alert.sh WHO [NAME]: sends what a check says (on standard input) where it says anything at all;
# ends with 1 where their server has not got it within a minute. `./check-disks | alert.sh ops disks`
set -eu
said=$(cat)
[ -n "$said" ] || exit 0
# The same words within an hour are said once.
token="${2:-alert} $(date +%Y-%m-%dT%H) $(printf %s "$said" | cksum)"
printf '%s: %s\n' "${2:-alert}" "$said" | jp message send "$1" - --token "$token" --wait >/dev/null
