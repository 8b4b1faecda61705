using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Tls;

/// <summary>What a listener does with TLS fits the clusters behind it.</summary>
internal sealed class TlsPairingValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, listener) in context.Listeners)
        {
            foreach (var name in listener.Routes.Select(r => r.Cluster).Prepend(listener.Cluster)
                .Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!context.Options.Clusters.TryGetValue(name, out var cluster))
                {
                    continue;
                }

                var mode = path.Child(nameof(ListenerOptions.Tls)).Child(nameof(ListenerTlsOptions.Mode));
                if (listener.Tls.Mode is TlsMode.Passthrough && cluster.Tls.Enabled)
                {
                    context.Faults.Add(
                        mode,
                        $"is Passthrough, and cluster {name} has Tls.Enabled: the client's TLS would be wrapped in the proxy's",
                        "Passthrough without the cluster's Tls, or Terminate with it");
                }
                else if (listener.Tls.Mode is TlsMode.Terminate && !cluster.Tls.Enabled && listener.Protocol is ListenerProtocol.Tcp)
                {
                    context.Faults.Warn(
                        mode,
                        $"is Terminate, and cluster {name} gets plain bytes: IQService's TLS and plain ports speak different formats, so "
                            + "its plain port does not understand them",
                        "Passthrough, or Terminate with the cluster's Tls.Enabled; ignore this for other servers that speak the same with "
                            + "and without TLS");
                }
            }
        }
    }
}
