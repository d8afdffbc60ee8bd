using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace TrafficAudit.Results;

/// <summary>Writes results as JSON one object at a time, so that a large case needs no large memory.</summary>
internal static class JsonArrayOutput
{
    /// <summary>Text stays readable: Korean is not escaped; what could end a script or break a terminal is.</summary>
    private static readonly JavaScriptEncoder Encoder = Readable();

    public static async Task WriteArrayAsync<T>(Stream output, IAsyncEnumerable<T> rows, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = Encoder });
        writer.WriteStartArray();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            JsonSerializer.Serialize(writer, row, type);
            if (writer.BytesPending > 32 * 1024)
            {
                await writer.FlushAsync(cancellation);
            }
        }

        writer.WriteEndArray();
        await writer.FlushAsync(cancellation);
        output.Write("\n"u8);
    }

    public static async Task WriteObjectAsync<T>(Stream output, T value, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = Encoder });
        JsonSerializer.Serialize(writer, value, type);
        await writer.FlushAsync(cancellation);
        output.Write("\n"u8);
    }

    public static async Task WriteLinesAsync<T>(Stream output, IAsyncEnumerable<T> rows, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = Encoder });
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            JsonSerializer.Serialize(writer, row, type);
            await writer.FlushAsync(cancellation);
            output.Write("\n"u8);
            writer.Reset();
        }
    }

    private static JavaScriptEncoder Readable()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);

        // Control characters are escaped anyway; what turns the writing round or can't be seen is not.
        settings.ForbidCharacters([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => char.GetUnicodeCategory(c) == UnicodeCategory.Format)]);
        return JavaScriptEncoder.Create(settings);
    }
}
