using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TrafficAudit.Review.Results;

namespace TrafficAudit.Results;

/// <summary>Writes results as JSON one object at a time, so that a large case needs no large memory.</summary>
internal static class JsonArrayOutput
{
    public static async Task WriteArrayAsync<T>(Stream output, IAsyncEnumerable<T> rows, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = ReadableJson.Encoder });
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
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = ReadableJson.Encoder });
        JsonSerializer.Serialize(writer, value, type);
        await writer.FlushAsync(cancellation);
        output.Write("\n"u8);
    }

    public static async Task WriteLinesAsync<T>(Stream output, IAsyncEnumerable<T> rows, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = ReadableJson.Encoder });
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            JsonSerializer.Serialize(writer, row, type);
            await writer.FlushAsync(cancellation);
            output.Write("\n"u8);
            writer.Reset();
        }
    }
}
