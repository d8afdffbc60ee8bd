using TrafficAudit.Benchmarks;

return await BenchmarkCommands.Create().Parse(args).InvokeAsync();
