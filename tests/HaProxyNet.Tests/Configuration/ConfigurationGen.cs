using CsCheck;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Configuration.Listeners;

namespace HaProxyNet.Tests.Configuration;

/// <summary>Random valid options.</summary>
internal static class ConfigurationGen
{
    private static readonly Gen<string> _name =
        Gen.Select(Gen.Char["abcXYZ"], Gen.String[Gen.Char["abcXYZ019-_."], 0, 8]).Select((first, rest) => first + rest);

    private static readonly Gen<TimeSpan> _time = Gen.Long[1, TimeSpan.TicksPerDay * 24].Select(ticks => TimeSpan.FromTicks(ticks));

    private static readonly Gen<DestinationOptions[]> _destinations =
        Gen.Select(_name, Gen.Int[1, 65_535], Gen.Int[0, 3]).Array[1, 4].Select(parts => parts
            .Select(
                (part, index) => new DestinationOptions { Name = $"{part.Item1}{index}", Address = Address(part.Item3, index, part.Item2) })
            .ToArray());

    private static readonly Gen<ClusterOptions> _cluster =
        Gen.Select(_destinations, _time, _time, _time, Gen.Bool).Select((destinations, connect, idle, down, never) => new ClusterOptions
        {
            Destinations = [.. destinations],
            ConnectTimeout = connect,
            IdleTimeout = never ? TimeSpan.Zero : idle,
            Health = new HealthOptions { DownInterval = down },
        });

    private static readonly Gen<string> _client = OneOf("10.0.0.0/8", "192.0.2.1", "fd00::/8", "::1", "0.0.0.0/0", "10.0.0.5/32");

    public static Gen<ProxyOptions> Options { get; } =
        Gen.Select(Names(), Gen.Int[0, int.MaxValue - 1], _client.Array[0, 3], _time, Gen.Bool, _cluster.Array[3])
            .Select((names, connections, clients, shutdown, isAdminOff, clusters) =>
            {
                var options = new ProxyOptions { ShutdownTimeout = shutdown };
                options.Admin.Endpoint = isAdminOff ? "" : "127.0.0.1:9090";
                for (var i = 0; i < names.Length; i++)
                {
                    options.Clusters[names[i]] = clusters[i];
                    options.Listeners[names[^(i + 1)]] = new ListenerOptions
                    {
                        Endpoint = $"0.0.0.0:{5050 + i}",
                        Cluster = names[i],
                        AllowedClients = [.. clients],
                        MaxConnections = connections + 1,
                    };
                }

                return options;
            });

    public static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static Gen<string[]> Names() =>
        _name.Array[1, 3].Select(names => names.Distinct(StringComparer.OrdinalIgnoreCase).ToArray());

    private static string Address(int kind, int index, int port) => kind switch
    {
        0 => $"10.0.0.{index + 1}:{port}",
        1 => $"[fd00::{index + 1}]:{port}",
        _ => $"iqs{index + 1}.corp.example:{port}",
    };
}
