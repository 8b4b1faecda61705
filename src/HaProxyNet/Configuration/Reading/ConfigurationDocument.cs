using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HaProxyNet.Configuration.Reading;

/// <summary>What stands at the top of <c>haproxynet.json</c>. Only described, never created: see <see cref="ConfigurationKeys"/>.</summary>
internal sealed class ConfigurationDocument
{
    [JsonPropertyName("$schema"), Description("The schema of this file, for editors.")]
    public string? Schema { get; set; }

    [Description("The .NET host's log levels, by category.")]
    public JsonObject Logging { get; set; } = [];

    [JsonRequired, Description("The proxy.")]
    public ProxyOptions HaProxyNet { get; set; } = new();
}
