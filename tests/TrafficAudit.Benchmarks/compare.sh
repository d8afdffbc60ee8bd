#!/bin/sh
# Compares the program with mitmdump and with bare forwarding, over HTTP/1.1 and HTTP/2, in one run; prints Markdown.
# Options (rounds, duration, …) are passed on: compare.sh --help
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
for project in src/TrafficAudit tests/TrafficAudit.Benchmarks; do
    dotnet build -c Release -v quiet --nologo "$root/$project" >&2
done
exec dotnet "$root/tests/TrafficAudit.Benchmarks/bin/Release/net10.0/TrafficAudit.Benchmarks.dll" \
    compare --program "$root/src/TrafficAudit/bin/Release/net10.0/trafficaudit.dll" "$@"
