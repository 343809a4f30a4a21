#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Serves the demo register; makes it first when it is not there. PORT=8081 tools/demo.sh takes another port.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 077 # the register, its keys and the file with the logins are for their owner
peil=${BUILD:-build}/peil
register=${DEMO:-demo.db}
port=${PORT:-8080}
address=http://127.0.0.1:$port

# True when something answers on the port.
taken() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

if taken; then
    {
        echo "Port $port is in use by another program, perhaps a Peil that still runs."
        echo "Look at $address, stop that program, or take another port: PORT=$((port + 1)) make demo"
    } >&2
    exit 1
fi

if [ ! -e "$register" ]; then
    echo "Making a register of a made-up municipality in $register."
    # What is half made is removed, so that the next try starts afresh.
    trap 'rm -f "$register" "$register"-* "$register".*' EXIT
    "$peil" demo "$register" >"$register.logins"
    trap - EXIT
fi

"$peil" serve "$register" --listen "127.0.0.1:$port" &
server=$!
trap 'kill -TERM $server 2>/dev/null; wait $server 2>/dev/null; exit 0' INT TERM
for _ in $(seq 100); do
    taken && break
    kill -0 $server 2>/dev/null || { wait $server || true; echo "The server did not start; see the message above." >&2; exit 1; }
    sleep 0.05
done

cat "$register.logins"
echo "Peil is on $address - all residents are invented. Ctrl+C stops it."
wait $server
