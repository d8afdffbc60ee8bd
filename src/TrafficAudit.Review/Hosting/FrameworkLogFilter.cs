using Microsoft.Extensions.Logging;

namespace TrafficAudit.Review.Hosting;

/// <summary>
/// Lets only warnings and worse of the framework through: its notes about single requests hold whole addresses, and the one that lets
/// a person in holds the token. Of data protection only errors: it warns that keys lie unencrypted, and ours lie in memory.
/// </summary>
internal sealed class FrameworkLogFilter(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName)
    {
        var logger = inner.CreateLogger(categoryName);
        if (!categoryName.StartsWith("Microsoft.", StringComparison.Ordinal))
        {
            return logger;
        }

        var isDataProtection = categoryName.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal);
        return new LoggerFrom(isDataProtection ? LogLevel.Error : LogLevel.Warning, logger);
    }

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
        // The factory belongs to the program.
    }

    private sealed class LoggerFrom(LogLevel least, ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
