using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;

namespace TrafficAudit.Logging;

/// <summary>
/// The program's log: warnings and worse on standard error; with <c>--log-file</c> everything from information on in a file a day, kept for
/// two weeks. Messages never hold a captured value.
/// </summary>
internal static class ProgramLog
{
    private const int DaysKept = 14;

    public static ILoggerFactory Create(string? file, bool isVerbose)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(isVerbose ? LogEventLevel.Debug : LogEventLevel.Information)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Yarp", LogEventLevel.Error)
            .MinimumLevel.Override("Microsoft.AspNetCore.Server.Kestrel", LogEventLevel.Error)
            .MinimumLevel.Override("Microsoft.Extensions.Hosting", LogEventLevel.Fatal) // a port in use is told by us, in one line
            .WriteTo.Console(
                restrictedToMinimumLevel: isVerbose ? LogEventLevel.Debug : LogEventLevel.Warning,
                outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}",
                standardErrorFromLevel: LogEventLevel.Verbose);
        if (file is not null)
        {
            configuration.WriteTo.File(file, rollingInterval: RollingInterval.Day, retainedFileCountLimit: DaysKept);
        }

        return LoggerFactory.Create(logging => logging.AddSerilog(configuration.CreateLogger(), dispose: true).SetMinimumLevel(LogLevel.Debug));
    }
}
