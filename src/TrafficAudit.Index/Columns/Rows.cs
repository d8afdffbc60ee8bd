using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Columns;

/// <summary>The columns of one flow: 120 bytes. What repeats is a number into one of the segment's interners.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FlowRow
{
    /// <summary>Stands for "there is none" in <see cref="Duration"/>.</summary>
    public const long NoDuration = long.MinValue;

    /// <summary>Stands for "there is none" in <see cref="Status"/>.</summary>
    public const int NoStatus = int.MinValue;

    /// <summary>Stands for "there is none" in <see cref="Failure"/>.</summary>
    public const byte NoFailure = byte.MaxValue;

    /// <summary>Stands for "there is none" in <see cref="Connection"/>; real numbers start at 1.</summary>
    public const long NoConnection = 0;

    public long Number;
    public long Time;
    public long Duration;
    public long BytesSent;
    public long BytesReceived;
    public long Messages;
    public long UnkeptSent;
    public long UnkeptReceived;
    public long Connection;
    public long Offset;
    public int Endpoint;
    public int Context;
    public int Method;
    public int Path;
    public int MediaType;
    public int Status;
    public int FindingStart;
    public int FindingCount;
    public byte Kind;
    public byte Failure;
    public PartlyReadCauses PartlyRead;
    public byte IsErased;
}

/// <summary>The members of <see cref="PartlyReadCause"/> that hold for a flow, as bits.</summary>
[Flags]
internal enum PartlyReadCauses : byte
{
    None = 0,
    CaptureLimit = 1 << PartlyReadCause.CaptureLimit,
    DecodingTruncated = 1 << PartlyReadCause.DecodingTruncated,
    MessagesUnreadable = 1 << PartlyReadCause.MessagesUnreadable,
}

/// <summary>One finding: 16 bytes. Its flow is the one whose range of findings it lies in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FindingRow
{
    public PlaceDigest Place;
    public int Item;
    public byte Strength;
    public byte State;
    public byte Direction;
    public byte Detector;

    public readonly bool IsCounted => Strength != (byte)Model.Strength.F;

    public readonly Confidence Confidence => Finding.ConfidenceOf((Strength)Strength);
}

/// <summary>Where a flow went: few distinct ones per segment, so that a flow holds one number for all of it.</summary>
internal sealed record Endpoint(
    string Scheme, string Host, int Port, string? Address, bool IsResolvedLater, string? Country, CountryGrade Grade, string Recipient, string? RecipientCountry,
    string? GroupCountry, string? Carrier, string? Cloaks)
{
    public static Endpoint Of(FlowSummary flow) => new(
        flow.Scheme, flow.Host, flow.Port, flow.Address, flow.IsResolvedLater, flow.Country, flow.CountryGrade, flow.Recipient, flow.RecipientCountry,
        flow.GroupCountry, flow.Carrier, flow.Cloaks);
}

/// <summary>Under what circumstances a flow happened.</summary>
internal sealed record FlowContext(string? Session, string? Phase, string? Device, GeoPosition? LabPosition = null);
