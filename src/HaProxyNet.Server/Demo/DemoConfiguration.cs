using HaProxyNet.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace HaProxyNet.Server.Demo;

/// <summary>The proxy's configuration in the demo: the form without a file, without what the environment says.</summary>
internal static class DemoConfiguration
{
    /// <summary>How soon the proxy tries a primary that is down; 1 s where nobody waits for each failback.</summary>
    public static readonly TimeSpan DownInterval = TimeSpan.FromMilliseconds(250);

    public static LoadedConfiguration Create(DemoEndpoints endpoints, string primary, string secondary)
    {
        var key = $"{ProxyOptions.SectionName}:Clusters:{OneLineForm.Name}:Health:{nameof(HealthOptions.DownInterval)}";
        return OneLineForm.Load(
            endpoints.Listen,
            primary,
            secondary,
            endpoints.Admin,
            new MemoryConfigurationSource { InitialData = [KeyValuePair.Create<string, string?>(key, DownInterval.ToString("c"))] });
    }
}
