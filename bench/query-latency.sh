#!/usr/bin/env bash
# How long an app that runs takes to answer one client over one connection: 50 requests to warm it, then 200 that count.
#   bench/query-latency.sh [URL of the app] [requests]
# Prints, for each question, milliseconds: median, 99th percentile, longest, and how large the answer is.
set -euo pipefail

url=${1:-http://127.0.0.1:8080}
requests=${2:-200}
questions=(
  "departures_hourly?by=start_station&roll=none&metric=trips&top=10"
  "arrivals_hourly?by=end_station&roll=none&metric=trips&top=10"
  "routes_daily?by=start_station,end_station&roll=none&metric=trips&top=10"
  "departures_hourly?by=&roll=hour-of-week"
  "trips_hourly?roll=none"
)

# One curl, so that all requests share a connection.
ask() { # question count
  local arguments=() i
  for ((i = 0; i < $2; i++)); do arguments+=(-o /dev/null "$url/api/v1/biketown/aggregates/$1"); done
  curl --fail --silent --show-error --write-out '%{time_total} %{size_download}\n' "${arguments[@]}"
}

printf '%-76s %8s %8s %8s %9s\n' question 'p50 ms' 'p99 ms' 'max ms' bytes
for question in "${questions[@]}"; do
  ask "$question" 50 >/dev/null
  ask "$question" "$requests" | sort -n | awk -v question="$question" '
    { ms[NR] = $1 * 1000; bytes = $2 }
    function at(share,   i) { i = int(share * NR); if (i < share * NR) i++; return ms[i] }
    END { printf "%-76s %8.1f %8.1f %8.1f %9d\n", question, at(0.5), at(0.99), ms[NR], bytes }'
done
