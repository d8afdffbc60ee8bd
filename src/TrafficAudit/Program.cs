using System.Globalization;
using TrafficAudit.CommandLine;

// Every number and date in output and files reads the same on every machine.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await CommandTree.RunAsync(args);
