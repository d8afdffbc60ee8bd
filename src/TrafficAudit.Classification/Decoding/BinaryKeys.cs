using System.Runtime.InteropServices;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Knows which tokens of a binary document are keys: every other one of a map.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct BinaryKeys
{
    private ulong _isMap;
    private ulong _isKeyNext;
    private int _depth;

    /// <summary>Whether no map or array is open.</summary>
    public readonly bool IsAtRoot => _depth == 0;

    /// <summary>Takes a token; false where the document breaks off or a key is neither text nor number.</summary>
    public bool TryTake(BinaryToken token, out bool isKey)
    {
        isKey = false;
        if (token is BinaryToken.Broken or BinaryToken.Finished)
        {
            return false;
        }

        if (token == BinaryToken.End)
        {
            // A map ends where a key would stand.
            return (Bit & _isMap & ~_isKeyNext) == 0 && _depth-- > 0;
        }

        if (_depth > 0 && (_isMap & Bit) != 0)
        {
            isKey = (_isKeyNext & Bit) != 0;
            _isKeyNext ^= Bit;
        }

        if (isKey && token is not (BinaryToken.Text or BinaryToken.Number))
        {
            return false;
        }

        if (token is BinaryToken.Map or BinaryToken.Array)
        {
            _depth++;
            _isMap = token == BinaryToken.Map ? _isMap | Bit : _isMap & ~Bit;
            _isKeyNext |= Bit;
        }

        return true;
    }

    private readonly ulong Bit => 1UL << (_depth - 1);
}
