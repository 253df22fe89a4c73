#!/bin/sh
# answer.sh PROFILE: waits for messages and answers each (PROFILE as in the object path).
messages() { # MEMBER SIGNATURE ARGUMENTS...: a call, its answer as JSON
    busctl --user --json=short --timeout=90000 -- call org.primitivus.Backend1 \
        "/org/primitivus/Backend1/profile/$profile" org.primitivus.Backend1.Messages "$@"
}
profile=${1:?which profile?} last=-1
while found=$(messages Wait sxu "" "$last" 86400000); do
    for message in $(echo "$found" | sed 's/{"id":/\n&/g' | sed -nE \
        's/^\{"id":\{"type":"x","data":([0-9]+)\}.*"peer":\{"type":"s","data":"([^"]*)".*/\1=\2/p'); do
        last=${message%%=*}
        messages Send ss "${message#*=}" "I am away. Your message has arrived." >/dev/null
    done
done; exit 1 # the backend is gone, or refused
