#!/bin/bash
# PID 1 of its namespaces: journald, and a systemd user manager for one user. All mounts made here
# are private; they and all processes vanish with this one.
# Environment: STATE, USER_NAME, USER_ID, EXPOSE (directories to show, one a line).
# Prints "ready STATE" when the manager has started.
set -eu
runtime=/run/user/$USER_ID
home=/home/$USER_NAME

# --- cgroups. The path has the shape that journald reads the unit of a user from.
while mountpoint -q /sys/fs/cgroup; do umount -l /sys/fs/cgroup; done
mount -t cgroup2 none /sys/fs/cgroup
group=/sys/fs/cgroup/user.slice/user-$USER_ID.slice/user@$USER_ID.service
mkdir -p "$group" /sys/fs/cgroup/rest
echo $$ > /sys/fs/cgroup/rest/cgroup.procs
chown "$USER_ID:$USER_ID" "$group" "$group"/cgroup.{procs,threads,subtree_control}

# --- /run. unit-root and credentials are what PID 1 would have made; without them every unit with
# a mount sandbox ends with 226/NAMESPACE.
mount -t tmpfs -o mode=755,nosuid,nodev none /run
mkdir -p /run/systemd/{system,journal,journald.conf.d,unit-root} /run/credentials /run/lock /run/log
install -d -m 700 -o "$USER_ID" -g "$USER_ID" "$runtime"

# --- the user, known in here only
for file in passwd group; do
    cp -p "/etc/$file" "$STATE/$file"
    mount --bind "$STATE/$file" "/etc/$file"
done
echo "$USER_NAME:x:$USER_ID:$USER_ID::$home:/bin/bash" >> /etc/passwd
echo "$USER_NAME:x:$USER_ID:" >> /etc/group
if [ ! -s /etc/machine-id ]; then
    tr -d - < /proc/sys/kernel/random/uuid > "$STATE/machine-id"
    touch /etc/machine-id
    mount --bind "$STATE/machine-id" /etc/machine-id
fi
mount -t tmpfs -o mode=755 none /home
install -d -m 755 -o "$USER_ID" -g "$USER_ID" "$STATE/home" "$home"
mount --bind "$STATE/home" "$home"

# --- root's home is closed to others, and may hold Python or this checkout: instead of it the user
# sees the directories that are needed, read-only.
closed=$(getent passwd root | cut -d: -f6)
number=0
while read -r place; do
    case $place in "$closed"/*) ;; *) continue ;; esac
    number=$((number + 1))
    mkdir -p "/run/expose/$number"
    mount --bind "$place" "/run/expose/$number"
    echo "$place" > "/run/expose/$number.place"
done <<< "$EXPOSE"
if [ "$number" -gt 0 ]; then
    mount -t tmpfs -o mode=755 none "$closed"
    for i in $(seq "$number"); do
        place=$(cat "/run/expose/$i.place")
        mkdir -p "$place"
        mount --bind "/run/expose/$i" "$place"
        mount -o remount,bind,ro "$place"
    done
fi

# --- the journal. `journalctl --user` reads files that exist only with persistent storage, and
# after a flush.
mkdir -p /var/log/journal
mount -t tmpfs -o mode=755,size=64m none /var/log/journal
: > /run/systemd/journal/flushed
cat > /run/systemd/journald.conf.d/test.conf <<'CONF'
[Journal]
Storage=persistent
SplitMode=uid
ReadKMsg=no
Audit=no
ForwardToSyslog=no
ForwardToWall=no
RateLimitIntervalSec=0
SystemMaxUse=32M
SystemKeepFree=1M
CONF
/lib/systemd/systemd-journald < /dev/null > "$STATE/journald.log" 2>&1 &
until [ -S /run/systemd/journal/stdout ]; do sleep 0.02; done

# --- the bus: dbus-daemon also where dbus-broker is installed, which makes itself an alias in /etc.
# A copy, since a link to a unit of its own name would count as one more alias.
install -d -o "$USER_ID" -g "$USER_ID" "$runtime/systemd" "$runtime/systemd/user.control"
sed '/^Alias=/d' /usr/lib/systemd/user/dbus.service > "$runtime/systemd/user.control/dbus.service"

# --- the manager. It moves into its group before it drops root. Without a log target it would say
# nothing anywhere, its stderr being no journal.
as_user() {
    setpriv --reuid "$USER_ID" --regid "$USER_ID" --clear-groups --inh-caps=-all -- \
        env -i PATH=/usr/local/bin:/usr/bin:/bin HOME="$home" USER="$USER_NAME" \
        LOGNAME="$USER_NAME" SHELL=/bin/bash LANG=C.UTF-8 XDG_RUNTIME_DIR="$runtime" "$@"
}
(
    echo "$BASHPID" > "$group/cgroup.procs"
    cd /
    as_user SYSTEMD_LOG_TARGET=journal /lib/systemd/systemd --user
) < /dev/null > "$STATE/manager.log" 2>&1 &
manager=$!
until [ -S "$runtime/systemd/private" ]; do
    kill -0 "$manager" || { cat "$STATE/manager.log" >&2; exit 1; }
    sleep 0.02
done
state=$(as_user systemctl --user is-system-running --wait || :)
as_user systemctl --user unset-environment SYSTEMD_LOG_TARGET
echo "ready $state"
while kill -0 "$manager" 2> /dev/null; do wait "$manager" || :; done
