using System.Globalization;
using System.Text;
using System.Text.Json;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Maintaining.Etcd;

/// <summary>Answers of etcd in the JSON form of its API. Pure.</summary>
internal static class EtcdAnswers
{
    private const int LongestError = 200;

    /// <summary>The keys of a range.</summary>
    /// <exception cref="StoreAwayException">It is no answer of etcd.</exception>
    public static IReadOnlyList<EtcdEntry> Entries(byte[] answer) => Read(answer, root =>
    {
        _ = root.GetProperty("header").GetProperty("revision");
        return root.TryGetProperty("kvs", out var entries)
            ? [.. entries.EnumerateArray().Select(Entry)]
            : (IReadOnlyList<EtcdEntry>)[];
    });

    /// <summary>Whether a swap has found the revision that it was made for.</summary>
    /// <exception cref="StoreAwayException">It is no answer of etcd.</exception>
    public static bool HasSwapped(byte[] answer) => Read(answer, root =>
    {
        _ = root.GetProperty("header").GetProperty("revision");
        return root.TryGetProperty("succeeded", out var succeeded) && succeeded.GetBoolean();
    });

    /// <summary>The token of an authentication.</summary>
    /// <exception cref="StoreAwayException">It is no answer of etcd.</exception>
    public static string Token(byte[] answer) => Read(answer, root => root.GetProperty("token").GetString() ?? "");

    /// <summary>What a refusal says, as a part of a sentence.</summary>
    public static string Error(int status, byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var text = PeerText.Clean(document.RootElement.GetProperty("error").GetString() ?? "");
            return $"it answers {status}: {(text.Length > LongestError ? text[..LongestError] : text)}";
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"it answers {status}, and not as etcd does";
        }
    }

    private static EtcdEntry Entry(JsonElement entry) => new(
        Encoding.UTF8.GetString(entry.GetProperty("key").GetBytesFromBase64()),
        entry.TryGetProperty("value", out var value) ? value.GetBytesFromBase64() : [],
        long.Parse(entry.GetProperty("mod_revision").GetString() ?? "", NumberStyles.None, CultureInfo.InvariantCulture));

    private static T Read<T>(byte[] answer, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return read(document.RootElement);
        }
        catch (Exception fault)
            when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new StoreAwayException("it does not answer as etcd does: is it another server?", fault);
        }
    }
}
