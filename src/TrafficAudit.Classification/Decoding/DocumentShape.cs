using System.Runtime.InteropServices;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Evidence that unlabelled bytes are a binary document. Looks only; adds no field.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct DocumentShape
{
    /// <summary>Bytes in names and texts that make sense; a map with nothing but the name <c>id</c> is told by chance too.</summary>
    private const int LeastText = 6;

    private const int LongestName = 128;
    private int _text;
    private int _bytes;

    /// <summary>
    /// Whether the document is a map or an array, whole to the last byte, in which every name makes sense and a quarter at least is names and texts
    /// that do.
    /// </summary>
    public static bool IsLikely<TReader>(ref TReader reader, int length)
        where TReader : IBinaryReader, allows ref struct
    {
        var shape = default(DocumentShape);
        return shape.TryRead(ref reader) && shape._text >= LeastText && shape._text * 4L >= length && shape._bytes * 2L <= length;
    }

    private bool TryRead<TReader>(ref TReader reader)
        where TReader : IBinaryReader, allows ref struct
    {
        var keys = default(BinaryKeys);
        while (true)
        {
            var token = reader.Read();
            if (keys.IsAtRoot && token is not (BinaryToken.Map or BinaryToken.Array))
            {
                return token == BinaryToken.Finished;
            }

            if (!keys.TryTake(token, out var isKey))
            {
                return false;
            }

            if (token == BinaryToken.Text && !TryText(reader.Content, isKey))
            {
                return false;
            }

            _bytes += token == BinaryToken.Bytes ? reader.Length : 0;
        }
    }

    private bool TryText(ReadOnlySpan<byte> text, bool isKey)
    {
        var makesSense = Printable.IsText(text);
        _text += makesSense && (isKey || text.Length > 2) ? text.Length : 0;
        return makesSense ? !isKey || text.Length is > 0 and <= LongestName : !isKey && !Printable.HasControls(text);
    }
}
