using System.Text;
using System.Text.Json;

namespace HaProxyNet.Maintaining.Etcd;

/// <summary>
/// Requests to etcd in the JSON form of its API, version 3: keys and values are base64, 64-bit numbers are strings. Pure.
/// </summary>
internal static class EtcdRequests
{
    /// <summary>Reads one key.</summary>
    public static byte[] Range(string key) => Write(json => json.WriteBase64String("key", Utf8(key)));

    /// <summary>Reads all keys that begin with a prefix.</summary>
    public static byte[] RangeOfPrefix(string prefix) => Write(json => WritePrefix(json, prefix));

    /// <summary>Follows all keys that begin with a prefix.</summary>
    public static byte[] WatchOfPrefix(string prefix) => Write(json =>
    {
        json.WriteStartObject("create_request");
        WritePrefix(json, prefix);
        json.WriteEndObject();
    });

    /// <summary>Writes a key if it still has this revision; 0: if there is no such key.</summary>
    public static byte[] Swap(string key, ReadOnlyMemory<byte> value, long revision) => Write(json =>
    {
        json.WriteStartArray("compare");
        json.WriteStartObject();
        json.WriteBase64String("key", Utf8(key));
        json.WriteString("target", "MOD");
        json.WriteString("result", "EQUAL");
        json.WriteString("mod_revision", revision.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("success");
        json.WriteStartObject();
        json.WriteStartObject("request_put");
        json.WriteBase64String("key", Utf8(key));
        json.WriteBase64String("value", value.Span);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    });

    /// <summary>Asks for a token.</summary>
    public static byte[] Authenticate(string user, string password) => Write(json =>
    {
        json.WriteString("name", user);
        json.WriteString("password", password);
    });

    /// <summary>
    /// The end of a range of keys that begin with a prefix: the prefix with its last byte one higher. A prefix ends with '/', so there is
    /// one.
    /// </summary>
    private static void WritePrefix(Utf8JsonWriter json, string prefix)
    {
        var end = Utf8(prefix);
        json.WriteBase64String("key", end);
        end[^1]++;
        json.WriteBase64String("range_end", end);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
