using System.Globalization;
using System.Runtime.InteropServices;

namespace TrafficAudit.Classification.Decoding;

/// <summary>A number of a binary document.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct BinaryNumber
{
    private readonly Int128 _integer;
    private readonly double _fraction;
    private readonly bool _isSingle;

    /// <summary>An integer.</summary>
    public BinaryNumber(Int128 integer) => (_integer, _fraction) = (integer, double.NaN);

    /// <summary>A fraction of double precision.</summary>
    public BinaryNumber(double fraction) => _fraction = fraction;

    /// <summary>A fraction of single precision, which has fewer digits.</summary>
    public BinaryNumber(float fraction) => (_fraction, _isSingle) = (fraction, true);

    /// <summary>In the fewest digits that say exactly this.</summary>
    public override string ToString() =>
        double.IsNaN(_fraction) ? _integer.ToString(CultureInfo.InvariantCulture)
        : _isSingle ? ((float)_fraction).ToString("R", CultureInfo.InvariantCulture)
        : _fraction.ToString("R", CultureInfo.InvariantCulture);
}
