using System.Diagnostics;
using System.Runtime.CompilerServices;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;
using TrafficAudit.Testing;
using Reading = TrafficAudit.Classification.Tests.Decoding.Reading;

namespace TrafficAudit.Classification.Tests.Fuzzing;

/// <summary>Gives the decoders mutated bodies for a while, and the detectors what was decoded.</summary>
internal static class DecodingFuzzer
{
    private static readonly Classifier Detectors = new(SomePersona.Full, (_, _) => t_decoded!);
    private static readonly DecodedMessage Nothing = new([], [], Truncated: false);

    [ThreadStatic]
    private static DecodedMessage? t_decoded;

    /// <summary>No input of at most 64 KiB may allocate more: 32 MiB decoded, as bytes, text and fields.</summary>
    private const long MostAllocated = 512 * 1024 * 1024;

    /// <summary>The 2 s that a message may take, and air for a busy machine.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    /// <summary>Where inputs that were not borne are kept: <c>seed-number.bin</c>.</summary>
    public static string FoundFolder { get; } = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Found");

    /// <summary>The first input that is not borne, and why; null when all were.</summary>
    /// <param name="seed">The same seed gives the same inputs.</param>
    /// <param name="duration">How long.</param>
    /// <param name="tried">Told how many inputs there were so far.</param>
    public static (byte[] Input, string Why)? Run(int seed, TimeSpan duration, Action<long> tried)
    {
        var mutator = new Mutator(seed, FuzzCorpus.Bodies, FuzzCorpus.Words);
        var started = TimeProvider.System.GetTimestamp();
        for (var count = 1L; TimeProvider.System.GetElapsedTime(started) < duration; count++)
        {
            var input = mutator.Next();
            if (Try(input) is { } why)
            {
                return (input, why);
            }

            tried(count);
        }

        return null;
    }

    /// <summary>What is wrong with what the decoders did with a body, under any label; null when they behaved.</summary>
    public static string? Try(byte[] input)
    {
        foreach (var type in FuzzCorpus.Types)
        {
            var (before, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            try
            {
                var message = type == FuzzCorpus.WebSocket ? MessageDecoder.Decode(MessageKind.WebSocketSent, input) : Reading.Body(input, type);
                if (Fault(message, input.Length) is { } fault)
                {
                    return $"{type}: {fault}";
                }

                Detect(message);
            }
            catch (Exception e)
            {
                return $"{type}: {e}";
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (clock.Elapsed > Longest || allocated > MostAllocated)
            {
                return $"{type}: it took {clock.Elapsed} and {allocated} bytes";
            }
        }

        return null;
    }

    /// <summary>The command <c>fuzz MINUTES [SEED]</c>: keeps what it finds.</summary>
    public static int Command(string minutes, string seed)
    {
        if (!double.TryParse(minutes, out var time) || !int.TryParse(seed, out var number))
        {
            Console.Error.WriteLine("fuzz MINUTES [SEED]");
            return 2;
        }

        var count = 0L;
        var found = Run(number, TimeSpan.FromMinutes(time), tried => count = tried);
        Console.WriteLine($"{count} bodies, each under {FuzzCorpus.Types.Count} labels{(found is null ? ", all borne" : "")}");
        if (found is not { } failure)
        {
            return 0;
        }

        Directory.CreateDirectory(FoundFolder);
        var path = Path.Combine(FoundFolder, $"{number}-{count}.bin");
        File.WriteAllBytes(path, failure.Input);
        Console.Error.WriteLine($"{path}: {failure.Why}");
        return 1;
    }

    private static void Detect(DecodedMessage message)
    {
        using var flow = Classify.Flow();
        t_decoded = message;
        Detectors.Classify(flow with { Response = null });
        t_decoded = Nothing;
    }

    private static string? Fault(DecodedMessage message, int length)
    {
        if (message.Fields.Count > DecodingLimits.Default.Fields)
        {
            return $"{message.Fields.Count} fields";
        }

        foreach (var field in message.Fields)
        {
            if (field.Decodings.Length > DecodingLimits.Default.Depth)
            {
                return $"{field.Decodings.Length} steps at {field.Path}";
            }

            if (field.Part == MessagePart.Body && (field.Start < -1 || field.Start + field.Length > length))
            {
                return $"{field.Path} lies at {field.Start}, {field.Length} long, in {length} bytes";
            }
        }

        return null;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
