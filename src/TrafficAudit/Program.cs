using System.Globalization;
using TrafficAudit;
using TrafficAudit.CommandLine;

// Every number and date in output and files reads the same on every machine.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
PrivateFiles.ByDefault();
return await CommandTree.RunAsync(args);
