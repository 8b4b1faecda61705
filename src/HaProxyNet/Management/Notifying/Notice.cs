using System.Globalization;
using System.Text.Encodings.Web;
using HaProxyNet.Configuration.Notify;
using HaProxyNet.Control.Documents;

namespace HaProxyNet.Management.Notifying;

/// <summary>A message: an event, and how many changes of the same cluster it stands for.</summary>
/// <param name="Last">The event, or the last one of several.</param>
/// <param name="Changes">How many it stands for.</param>
internal sealed record Notice(StateEvent Last, int Changes)
{
    /// <summary>The text that people read.</summary>
    public string Text => Changes == 1
        ? Last.Text
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Last.Cluster ?? "The proxy"} has changed {Changes} times since the last message. The last change: {Last.Text}");

    /// <summary>The body of a request.</summary>
    public string Body(string template) => WebhookTemplate.Fill(template, name => JavaScriptEncoder.Default.Encode(name switch
    {
        "text" => Text,
        "kind" => Last.Kind,
        "cluster" => Last.Cluster ?? "",
        "destination" => Last.Destination ?? "",
        "reason" => Last.Reason ?? "",
        "time" => Last.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        _ => Environment.MachineName,
    }));
}
