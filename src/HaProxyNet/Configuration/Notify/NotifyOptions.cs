using System.ComponentModel;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Notify;

/// <summary>The receivers of a message when something changes.</summary>
public sealed class NotifyOptions
{
    /// <summary>Where messages are posted to, by name.</summary>
    [Description("Where messages are posted to, by name.")]
    public IDictionary<string, WebhookOptions> Webhooks { get; set; } =
        new Dictionary<string, WebhookOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// After a message about a cluster, further changes of it are gathered for so long and told in one; 5 min by default.
    /// </summary>
    [Duration(Zero = "each change by itself"), Description(
        "After a message about a cluster, further changes of it are gathered for so long and told in one.")]
    public TimeSpan Gather { get; set; } = TimeSpan.FromMinutes(5);
}
