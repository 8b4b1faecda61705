using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Admin;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Configuration.Reading;
using Microsoft.Extensions.Configuration.Memory;

namespace HaProxyNet.Server.Demo;

/// <summary>The proxy's configuration in the demo: the form without a file, without what the environment says.</summary>
internal static class DemoConfiguration
{
    /// <summary>How soon the proxy tries a primary that is down; 1 s where nobody waits for each failback.</summary>
    public static readonly TimeSpan DownInterval = TimeSpan.FromMilliseconds(250);

    public static LoadedConfiguration Create(DemoEndpoints endpoints, string primary, string secondary) => OneLineForm.Load(
        endpoints.Listen,
        primary,
        secondary,
        endpoints.Admin,
        new MemoryConfigurationSource
        {
            InitialData =
            [
                Health(nameof(HealthOptions.DownInterval), DownInterval),
                // The demo kills its primary every few seconds, on purpose: that is not the flapping that a hold-down is for.
                Health(nameof(HealthOptions.HoldDown), TimeSpan.Zero),
                // Not in the way of a proxy that runs on the same machine.
                Off(nameof(AdminOptions.ControlSocket)),
                Off(nameof(AdminOptions.StateFile)),
            ],
        });

    private static KeyValuePair<string, string?> Off(string key)
        => KeyValuePair.Create($"{ProxyOptions.SectionName}:Admin:{key}", (string?)"");

    private static KeyValuePair<string, string?> Health(string key, TimeSpan value)
        => KeyValuePair.Create($"{ProxyOptions.SectionName}:Clusters:{OneLineForm.Name}:Health:{key}", (string?)value.ToString("c"));
}
