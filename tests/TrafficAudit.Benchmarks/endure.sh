#!/bin/sh
# What the built program holds when it is used for long: endure.sh idle | soak | messages | import | leaf, with options (endure.sh soak --help);
# and when it is killed: endure.sh crash [TIMES].
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
command=${1:?"idle, soak, messages, import, leaf or crash"}
shift
if [ "$command" = crash ]; then
    TRAFFICAUDIT_KILLS=${1:-100} exec dotnet test --project "$root/tests/TrafficAudit.EndToEnd.Tests" -- --filter-method '*ProgramKilledUnderLoadAgainAndAgain*'
fi
for project in src/TrafficAudit tests/TrafficAudit.Benchmarks; do
    dotnet build -c Release -v quiet --nologo "$root/$project" >&2
done
[ "$command" = leaf ] || set -- --program "$root/src/TrafficAudit/bin/Release/net10.0/trafficaudit.dll" "$@"
exec dotnet "$root/tests/TrafficAudit.Benchmarks/bin/Release/net10.0/TrafficAudit.Benchmarks.dll" "$command" "$@"
