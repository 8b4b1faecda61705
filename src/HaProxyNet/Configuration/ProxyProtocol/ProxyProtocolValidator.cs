using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.ProxyProtocol;

/// <summary>The proxies in front are listed by their addresses, and not everyone is one.</summary>
internal sealed class ProxyProtocolValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        foreach (var (listenerPath, _, listener) in context.Listeners)
        {
            var (path, options) = (listenerPath.Child(nameof(ListenerOptions.ProxyProtocol)), listener.ProxyProtocol);
            for (var index = 0; index < options.AcceptFrom.Count; index++)
            {
                CheckSource(path.Child(nameof(ProxyProtocolOptions.AcceptFrom)).Element(index), options.AcceptFrom[index], context.Faults);
            }

            if (options.AcceptFrom.Count == 0)
            {
                UnusedSetting.Warn(
                    path,
                    "without AcceptFrom: no PROXY header is read",
                    "the addresses of the load balancers in AcceptFrom",
                    context.Faults,
                    (nameof(ProxyProtocolOptions.Timeout), options.Timeout != new ProxyProtocolOptions().Timeout));
            }
        }
    }

    private static void CheckSource(SettingPath path, string source, FaultCollector faults)
    {
        if (!ClientNetwork.TryParse(source, out _, out var problem))
        {
            faults.Add(path, problem, ClientNetwork.Allowed);
        }
        else if (source.EndsWith("/0", StringComparison.Ordinal))
        {
            faults.Warn(
                path,
                $"{source} is everyone: each client may claim any address, and AllowedClients protects nothing",
                "the addresses of the load balancers alone");
        }
    }
}
