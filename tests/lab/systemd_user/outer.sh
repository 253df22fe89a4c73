#!/bin/bash
# Makes a cgroup for one user manager and everything in it, runs inner.sh as PID 1 of new
# namespaces, and clears up when that ends. TERM ends it all.
# Needs root. Environment: STATE (a directory for us alone) and what inner.sh wants.
# Prints "child PID": the process whose one child is that PID 1.
set -eu

# A mount of our own: whether the machine runs cgroup v1 or v2, systemd finds v2 below.
mkdir -p "$STATE/cgroup"
mount -t cgroup2 none "$STATE/cgroup"
group=$STATE/cgroup/primitivus-test-$$
mkdir "$group"

remove_group() {
    # Its processes are dead, but the kernel lets go of them one by one.
    for _ in $(seq 100); do
        find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || :
        [ -d "$group" ] || return 0
        sleep 0.05
    done
    echo "outer.sh: $group is still in use" >&2
}

(
    echo "$BASHPID" > "$group/cgroup.procs"
    exec unshare --mount --propagation private --cgroup --ipc --pid \
        --fork --kill-child --mount-proc bash "$(dirname "$0")/inner.sh"
) &
child=$!
trap 'kill -KILL "$child" 2>/dev/null || :' TERM
echo "child $child"
# A trapped signal ends a wait early: the second one sees the end.
wait "$child" || wait "$child" || :
remove_group
umount "$STATE/cgroup"
