#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# The forecast against the event loop of this project and against SimPy, in one run. SimPy is Debian's package
# python3-simpy, installed when it is not there and the system lets us; without it that line is left out.
set -euo pipefail
bench=$1/bench_forecast
here=$(cd "$(dirname "$0")" && pwd)
/usr/bin/python3 -c 'import SimPy' 2>/dev/null || apt-get install -y python3-simpy >/dev/null 2>&1 || true
peer=0
if /usr/bin/python3 -c 'import SimPy' 2>/dev/null; then
    echo "SimPy: 10 replications, scaled"
    read -r peer middle < <("$bench" model | /usr/bin/python3 "$here/peers/forecast_simpy.py" 10)
    echo "SimPy:  p50 of persons 0 57 114 171 228 285 342 399: $middle"
else
    echo "SimPy is not here and could not be installed: left out"
fi
"$bench" run "$peer"
# The goal of each of these is 6 s.
"$1/bench_towns" speed
