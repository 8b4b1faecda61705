using System.Text.Json;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Server.Initializing;

/// <summary>Writes the answers as a configuration: what differs from the defaults, and nothing else.</summary>
internal static class FirstConfiguration
{
    private static readonly JsonWriterOptions _readable = new() { Indented = true, NewLine = "\n" };

    /// <summary>The name of the listener and of the cluster.</summary>
    public static string NameOf(InitAnswers answers) => answers.Tls is TlsMode.None ? "iqservice" : "iqservice-tls";

    /// <summary>The file's content, as UTF-8.</summary>
    public static byte[] Of(InitAnswers answers)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, _readable))
        {
            json.WriteStartObject();
            json.WriteStartObject(ProxyOptions.SectionName);
            WriteListener(json, answers);
            WriteCluster(json, answers);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        content.WriteByte((byte)'\n');
        return content.ToArray();
    }

    private static void WriteListener(Utf8JsonWriter json, InitAnswers answers)
    {
        json.WriteStartObject(nameof(ProxyOptions.Listeners));
        json.WriteStartObject(NameOf(answers));
        json.WriteString(nameof(ListenerOptions.Endpoint), answers.Listen);
        json.WriteString(nameof(ListenerOptions.Cluster), NameOf(answers));
        if (answers.Tls is not TlsMode.None)
        {
            json.WriteStartObject(nameof(ListenerOptions.Tls));
            json.WriteString(nameof(ListenerTlsOptions.Mode), answers.Tls.ToString());
            json.WriteString(nameof(ListenerTlsOptions.ServerName), answers.ServerName);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCluster(Utf8JsonWriter json, InitAnswers answers)
    {
        json.WriteStartObject(nameof(ProxyOptions.Clusters));
        json.WriteStartObject(NameOf(answers));
        json.WriteStartArray(nameof(ClusterOptions.Destinations));
        WriteDestination(json, "primary", answers.Primary);
        if (answers.Secondary is { } secondary)
        {
            WriteDestination(json, "secondary", secondary);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDestination(Utf8JsonWriter json, string name, DestinationAddress address)
    {
        json.WriteStartObject();
        json.WriteString(nameof(DestinationOptions.Name), name);
        json.WriteString(nameof(DestinationOptions.Address), address.ToString());
        json.WriteEndObject();
    }
}
