using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Hosting;
using HaProxyNet.Hosting.Embedding;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the proxy to an ASP.NET Core application.</summary>
public static class HaProxyNetServiceCollectionExtensions
{
    /// <summary>
    /// Adds the proxy: its listeners become endpoints of the application's Kestrel, besides the application's own. Call
    /// <c>MapHaProxyNet</c> before the application runs. When the section changes, the proxy takes the change over, all or nothing.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The section with <c>Listeners</c> and <c>Clusters</c>; docs/configuration.md lists the keys.</param>
    /// <exception cref="InvalidConfigurationException">
    /// The configuration has faults; all of them are in the exception. Certificates that cannot be loaded are reported in the same way,
    /// when the application starts.
    /// </exception>
    /// <exception cref="InvalidOperationException">The proxy was added before.</exception>
    public static IHaProxyNetBuilder AddHaProxyNet(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        var configuration = new ConfigurationBuilder().Add(new SectionSource(section)).Build();
        return ProxyRegistration.Add(services, ConfigurationReader.Read(configuration), configuration);
    }

    /// <summary>Adds the proxy with options that are made in code; they do not change while it runs.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Fills in listeners and clusters. The same rules hold as for a file.</param>
    /// <exception cref="InvalidConfigurationException">The options have faults; all of them are in the exception.</exception>
    /// <exception cref="InvalidOperationException">The proxy was added before.</exception>
    public static IHaProxyNetBuilder AddHaProxyNet(this IServiceCollection services, Action<ProxyOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProxyOptions();
        configure(options);
        return ProxyRegistration.Add(services, ConfigurationReader.Validate(options), new ConfigurationBuilder().Build());
    }
}
