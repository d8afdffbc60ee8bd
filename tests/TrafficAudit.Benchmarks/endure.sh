#!/bin/sh
# What the built program holds when it is used for long: endure.sh idle | soak | messages | import | leaf, with options (endure.sh soak --help).
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
for project in src/TrafficAudit tests/TrafficAudit.Benchmarks; do
    dotnet build -c Release -v quiet --nologo "$root/$project" >&2
done
command=${1:?"idle, soak, messages, import or leaf"}
shift
[ "$command" = leaf ] || set -- --program "$root/src/TrafficAudit/bin/Release/net10.0/trafficaudit.dll" "$@"
exec dotnet "$root/tests/TrafficAudit.Benchmarks/bin/Release/net10.0/TrafficAudit.Benchmarks.dll" "$command" "$@"
