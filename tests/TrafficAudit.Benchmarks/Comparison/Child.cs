using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TrafficAudit.Benchmarks.Comparison;

/// <summary>A process that the comparison started. It is ended by its own id, and never outlives its owner.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTime = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly string _name;
    private readonly Process _process;
    private readonly string _errorFile;
    private readonly Task _errors;

    private Child(string name, Process process, string errorFile)
    {
        _name = name;
        _process = process;
        _errorFile = errorFile;
        _errors = CopyErrorsAsync();
    }

    public int Id => _process.Id;

    public StreamReader Output => _process.StandardOutput;

    /// <summary>Starts a program; what it says on standard error goes to <paramref name="errorFile"/>.</summary>
    public static Child Start(string name, string errorFile, IReadOnlyDictionary<string, string> environment, string file, params IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment)
        {
            info.Environment[key] = value;
        }

        return new Child(name, Process.Start(info)!, errorFile);
    }

    /// <summary>Waits until it accepts connections.</summary>
    public async Task WaitForPortAsync(IPEndPoint endpoint, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartTime);
        while (true)
        {
            if (_process.HasExited)
            {
                throw new ComparisonException($"{_name} ended at once: {await ErrorsAsync()}");
            }

            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(endpoint, limit.Token);
                return;
            }
            catch (SocketException)
            {
                // Not listening yet: the limit decides how long that is waited for.
                await Task.Delay(Glance, time, limit.Token);
            }
        }
    }

    /// <summary>Ends a process of this program, which lives as long as its standard input.</summary>
    public Task CloseInputAndWaitAsync(CancellationToken cancellation)
    {
        _process.StandardInput.Close();
        return WaitForExitAsync(cancellation);
    }

    /// <summary>Ends it as Ctrl+C would, so that it finishes its files.</summary>
    public async Task InterruptAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-INT", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellation);
        await WaitForExitAsync(cancellation);
    }

    /// <summary>Waits until it ends by itself: three minutes, unless it is given more.</summary>
    /// <exception cref="ComparisonException">It does not end, or says that it failed.</exception>
    public async Task WaitForExitAsync(CancellationToken cancellation, TimeSpan? patience = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience ?? StopTime);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ComparisonException($"{_name} does not end");
        }

        if (_process.ExitCode != 0)
        {
            throw new ComparisonException($"{_name} failed with exit code {_process.ExitCode}: {await ErrorsAsync()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _errors;
        _process.Dispose();
    }

    private async Task<string> ErrorsAsync()
    {
        await _errors;
        return string.Join('\n', (await File.ReadAllLinesAsync(_errorFile)).TakeLast(10));
    }

    private async Task CopyErrorsAsync()
    {
        await using var file = File.Create(_errorFile);
        await _process.StandardError.BaseStream.CopyToAsync(file);
    }
}

/// <summary>A part of the comparison did not do what it is started for; the message says which and how.</summary>
internal sealed class ComparisonException(string message) : Exception(message);
