namespace HaProxyNet.Configuration.Notify;

/// <summary>What a webhook understands.</summary>
public enum WebhookKind
{
    /// <summary>JSON by a template.</summary>
    Json,

    /// <summary>Slack's incoming webhooks.</summary>
    Slack,

    /// <summary>Workflows of Microsoft Teams.</summary>
    Teams,
}
