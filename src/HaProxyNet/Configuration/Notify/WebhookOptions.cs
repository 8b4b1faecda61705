using System.ComponentModel;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Notify;

/// <summary>Where messages are posted to. Its URL is a secret: it stands in a file or in an environment variable.</summary>
public sealed class WebhookOptions
{
    /// <summary>What it understands; default: JSON.</summary>
    [Description("What it understands: Slack, Teams, or Json by a template.")]
    public WebhookKind Kind { get; set; } = WebhookKind.Json;

    /// <summary>A file with the URL in its first line.</summary>
    [Description("A file with the URL in its first line.")]
    public string UrlFile { get; set; } = "";

    /// <summary>In place of a file: the environment variable that has the URL.</summary>
    [Description("In place of UrlFile: the environment variable that has the URL.")]
    public string UrlVariable { get; set; } = "";

    /// <summary>A file with a bearer token in its first line. Empty: none is sent.</summary>
    [Description("A file with a bearer token in its first line. Empty: none is sent.")]
    public string TokenFile { get; set; } = "";

    /// <summary>In place of a file: the environment variable that has the token.</summary>
    [Description("In place of TokenFile: the environment variable that has the token.")]
    public string TokenVariable { get; set; } = "";

    /// <summary>
    /// With JSON: the body, in which {text}, {kind}, {cluster}, {destination}, {reason}, {time} and {host} are filled in as JSON strings
    /// without their quotation marks.
    /// </summary>
    [Description("With Json: the body; {text}, {kind}, {cluster}, {destination}, {reason}, {time} and {host} are filled in, escaped for "
        + "JSON. Empty: an object of all of them.")]
    public string Template { get; set; } = "";

    /// <summary>The kinds of events that are sent, as /api/v1/events names them. Empty: the important ones.</summary>
    [Description("The kinds of events that are sent, as /api/v1/events names them. Empty: failover, failback, all_down, listener_lost, "
        + "configuration_refused, operator.")]
    public IList<string> Events { get; set; } = [];

    /// <summary>How long one attempt may take; 10 s by default.</summary>
    [Duration, Description("How long one attempt may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
