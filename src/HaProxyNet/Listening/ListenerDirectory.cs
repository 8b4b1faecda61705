using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.ProxyProtocol;
using HaProxyNet.State;
using HaProxyNet.Tls.Certificates.Renewal;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Tls.Terminating;
using HaProxyNet.Transport;

namespace HaProxyNet.Listening;

/// <summary>
/// The listeners by name. A reload keeps the identity, and so the counters, of what stays. A listener that was removed is known as long as
/// it has connections; then another one takes its index.
/// </summary>
internal sealed class ListenerDirectory
{
    private readonly ClusterDirectory _clusters;
    private readonly CertificateStore _certificates;
    private Listener[] _all = [];
    private Listener[] _known = [];

    /// <summary>Creates the listeners of a configuration that was found valid.</summary>
    public ListenerDirectory(ProxyOptions options, ClusterDirectory clusters, CertificateStore certificates)
    {
        (_clusters, _certificates) = (clusters, certificates);
        Apply(options);
    }

    /// <summary>The listeners of the configuration.</summary>
    public IReadOnlyList<Listener> All => Volatile.Read(ref _all);

    /// <summary>
    /// Besides those of the configuration, those that were removed and may still have connections: each at its
    /// <see cref="Listener.Index"/>.
    /// </summary>
    public IReadOnlyList<Listener> Known => Volatile.Read(ref _known);

    /// <summary>A listener of the configuration; null: it has none of that name.</summary>
    public Listener? Find(string? name)
        => Array.Find(Volatile.Read(ref _all), l => string.Equals(l.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Takes over a configuration that was found valid, after the clusters and the certificates. One caller at a time.</summary>
    public void Apply(ProxyOptions options)
    {
        var known = Known.ToDictionary(l => l.Name, StringComparer.OrdinalIgnoreCase);
        var free = new Queue<int>(Known.Where(l => l.Open == 0 && !options.Listeners.ContainsKey(l.Name)).Select(l => l.Index));
        var places = Known.ToList();
        var all = new List<Listener>(options.Listeners.Count);
        foreach (var (name, settings) in options.Listeners)
        {
            if (known.TryGetValue(name, out var listener))
            {
                var plan = PlanOf(listener, settings, listener.Plan.Tls);
                listener.Plan = plan.SaysTheSameAs(listener.Plan) ? listener.Plan : plan;
            }
            else
            {
                var index = free.TryDequeue(out var given) ? Clear(given) : places.Count;
                listener = new Listener(name, index, l => PlanOf(l, settings, before: null));
                if (index == places.Count)
                {
                    places.Add(listener);
                }

                places[index] = listener;
            }

            all.Add(listener);
        }

        Volatile.Write(ref _known, [.. places]);
        Volatile.Write(ref _all, [.. all]);
    }

    /// <summary>What was counted for the former listener of this index is not the next one's.</summary>
    private int Clear(int index)
    {
        foreach (var destination in _clusters.All.SelectMany(cluster => cluster.Plan.Destinations.Concat(cluster.Retired)))
        {
            destination.ForgetTraffic(index);
        }

        return index;
    }

    private ListenerPlan PlanOf(Listener listener, ListenerOptions options, TerminatingListener? before) => new(
        listener,
        ListenEndPoint.Parse(options.Endpoint),
        _clusters.Find(options.Cluster),
        new AdmissionRules(AllowedClients.Parse(options.AllowedClients), options.MaxConnections)
        {
            LoadBalancers = ProxyProtocolPolicy.From(options.ProxyProtocol)?.AcceptFrom,
        },
        [.. options.Routes.Select(r => (r.ServerName, _clusters.Find(r.Cluster)!))])
    {
        Written = options.Written(),
        Silence = SilenceLimits.From(options.UserTimeout),
        WaitsForAddress = options.WaitForAddress,
        ProxyProtocol = ProxyProtocolPolicy.From(options.ProxyProtocol),
        Follow = ConnectionFollow.From(options.Log),
        Http = HttpPolicy.From(options),
        FirstByte = options is { ConnectOn: ConnectOn.FirstByte, Protocol: ListenerProtocol.Tcp } ? options.FirstByteTimeout : null,
        HelloTimeout = options.Tls.Mode is TlsMode.Passthrough || (options.Routes.Count > 0 && options.Tls.Mode is not TlsMode.Terminate)
            ? options.Tls.HelloTimeout
            : null,
        Tls = options.Tls.Mode is TlsMode.Terminate
            ? TerminatingListener.From(
                listener.Name, TlsServerSettings.From(options.Tls, _certificates.Listener(listener.Name)), options.Tls, before)
            : null,
    };
}
