using HaProxyNet.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace HaProxyNet.Server.Demo;

/// <summary>The proxy's configuration in the demo.</summary>
internal static class DemoConfiguration
{
    public static LoadedConfiguration Create(DemoSettings settings, string primary, string secondary)
    {
        const string Root = ProxyOptions.SectionName;
        var root = new ConfigurationBuilder()
            .Add(new MemoryConfigurationSource
            {
                InitialData = new Dictionary<string, string?>
                {
                    [$"{Root}:Admin:Endpoint"] = settings.Admin,
                    [$"{Root}:Listeners:iqservice:Endpoint"] = settings.Listen,
                    [$"{Root}:Listeners:iqservice:Cluster"] = "iqservice",
                    [$"{Root}:Clusters:iqservice:Destinations:0:Name"] = "primary",
                    [$"{Root}:Clusters:iqservice:Destinations:0:Address"] = primary,
                    [$"{Root}:Clusters:iqservice:Destinations:1:Name"] = "secondary",
                    [$"{Root}:Clusters:iqservice:Destinations:1:Address"] = secondary,
                    [$"{Root}:Clusters:iqservice:Health:DownInterval"] = "00:00:00.250",
                },
            })
            .Build();
        return new LoadedConfiguration(ConfigurationReader.Read(root), root);
    }
}
