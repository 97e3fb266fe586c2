#!/bin/sh
# A stand-in for ServerPilot's installer: takes what that takes, and connects the server at a simulator.
#
# In its environment: STAND_IN_SIMULATOR, the address of the simulator; STAND_IN_FOLDER, where it counts (`begun` and
# `installed`, a line a run with the server's id; `refused`, what was wrong with its arguments; `keys`, which a judge
# looks for elsewhere) and finds what it is to do: `fail`, a file with what it says before it fails; `hang`, the seconds
# that it takes; `silent`: it never connects.
set -eu

usage() {
    echo "installer: $1" >&2
    echo "usage: serverpilot-installer --server-id=ID --server-apikey=KEY" >&2
    echo "$1" >>"$STAND_IN_FOLDER/refused"
    exit 64
}

id=""; key=""
while [ $# -gt 0 ]; do
    case "$1" in
        --server-id=*) [ -z "$id" ] || usage "--server-id is given twice"; id="${1#*=}" ;;
        --server-apikey=*) [ -z "$key" ] || usage "--server-apikey is given twice"; key="${1#*=}" ;;
        --server-id|--server-apikey)
            [ $# -gt 1 ] || usage "$1 needs a value"
            if [ "$1" = --server-id ]; then id="$2"; else key="$2"; fi
            shift ;;
        *) usage "unknown argument" ;;
    esac
    shift
done
case "$id" in ""|*[!A-Za-z0-9]*) usage "--server-id is missing or is no id" ;; esac
case "$key" in ""|*[!A-Za-z0-9]*) usage "--server-apikey is missing or is no key" ;; esac

echo "$id" >>"$STAND_IN_FOLDER/begun"
(umask 077; echo "$key" >>"$STAND_IN_FOLDER/keys")
echo "Installing on $(uname -n)"
if [ -e "$STAND_IN_FOLDER/hang" ]; then
    sleep "$(cat "$STAND_IN_FOLDER/hang")"
fi
if [ -e "$STAND_IN_FOLDER/fail" ]; then
    cat "$STAND_IN_FOLDER/fail" >&2
    exit 1
fi
if [ ! -e "$STAND_IN_FOLDER/silent" ]; then
    # The address at which this machine was reached by SSH: the third word.
    address=$(echo "${SSH_CONNECTION:-- - 127.0.0.1 -}" | cut -d " " -f 3)
    # By standard input: an argument of curl is seen by everybody on the machine.
    printf '{"serverid": "%s", "apikey": "%s", "address": "%s"}' "$id" "$key" "$address" |
        curl --silent --show-error --fail --max-time 20 --header "Content-Type: application/json" --data-binary @- \
            "$STAND_IN_SIMULATOR/_simulator/connect" >/dev/null
fi
echo "$id" >>"$STAND_IN_FOLDER/installed"
echo "Installed"
