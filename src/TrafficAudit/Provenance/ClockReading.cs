using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace TrafficAudit.Provenance;

/// <summary>What sets this computer's clock, and how far off it is, as far as the system knows. What is not known is null.</summary>
/// <param name="Source">What was asked.</param>
/// <param name="IsSynchronised">Whether something keeps the clock right (NTP, PTP).</param>
/// <param name="Offset">How far the clock is off, by whatever keeps it right.</param>
/// <param name="MaximumError">How far it can be off.</param>
internal sealed partial record ClockReading(string Source, bool? IsSynchronised, TimeSpan? Offset, TimeSpan? MaximumError)
{
    private const int Unsynchronised = 0x0040;
    private const int InNanoseconds = 0x2000;
    private const int ErrorState = 5;

    /// <summary>Asks the kernel on 64-bit Linux; elsewhere nothing is known.</summary>
    public static ClockReading Take()
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess && BitConverter.IsLittleEndian)
        {
            // struct timex of 64-bit Linux (adjtimex(2)): modes 0 at 0, so that nothing is set; offset at 8, maxerror at 24, status at 40.
            Span<byte> timex = stackalloc byte[256];
            timex.Clear();
            var state = Adjtimex(ref MemoryMarshal.GetReference(timex));
            if (state >= 0)
            {
                var status = BinaryPrimitives.ReadInt32LittleEndian(timex[40..]);
                var isSynchronised = state != ErrorState && (status & Unsynchronised) == 0;
                var offset = BinaryPrimitives.ReadInt64LittleEndian(timex[8..]);
                return new ClockReading(
                    "system clock, by the kernel (adjtimex)",
                    isSynchronised,
                    isSynchronised ? TimeSpan.FromMicroseconds((status & InNanoseconds) != 0 ? offset / 1000.0 : offset) : null,
                    isSynchronised ? TimeSpan.FromMicroseconds(BinaryPrimitives.ReadInt64LittleEndian(timex[24..])) : null);
            }
        }

        return new ClockReading("system clock", null, null, null);
    }

    public string OffsetText => Offset is { } offset ? $"{offset.TotalMilliseconds:0.###} ms" : "unknown";

    public string SourceText => $"{Source}, {IsSynchronised switch { true => "synchronised", false => "not synchronised", null => "not known whether synchronised" }}";

    public JsonObject ToJson() => new()
    {
        ["source"] = Source,
        ["synchronised"] = IsSynchronised,
        ["offset_ms"] = Offset?.TotalMilliseconds,
        ["maximum_error_ms"] = MaximumError?.TotalMilliseconds,
    };

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Adjtimex(ref byte timex);
}
