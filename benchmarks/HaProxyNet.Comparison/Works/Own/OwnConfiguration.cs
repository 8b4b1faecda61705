using System.Net;
using System.Text.Json.Nodes;
using HaProxyNet.Comparison.Contenders;

namespace HaProxyNet.Comparison.Works.Own;

/// <summary>Configurations of HaProxyNet for works that are its own. The first listener is where the others' is.</summary>
internal static class OwnConfiguration
{
    /// <summary>A pair behind one listener.</summary>
    public static JsonObject Pair(ProxySetup setup) => Of(
        setup,
        new JsonObject { ["rpc"] = Listener(setup.Listen, "pair0") },
        new JsonObject { ["pair0"] = Cluster(setup.Primary, setup.Secondary) });

    /// <summary>So many clusters of two destinations; every tenth has a listener, which routes to nine others by server name.</summary>
    public static JsonObject Large(ProxySetup setup, int clusters, Func<IPEndPoint> nextListener)
    {
        var listeners = Enumerable.Range(0, clusters / 10).Select(number =>
        {
            var listener = Listener(number == 0 ? setup.Listen : nextListener(), $"pair{number}");
            listener["Tls"] = new JsonObject { ["Mode"] = "Passthrough" };
            listener["Routes"] = new JsonArray([.. Enumerable.Range(0, 10).Select(route => new JsonObject
            {
                ["ServerName"] = $"h{route}.l{number}.corp.example",
                ["Cluster"] = $"pair{((number * 10) + route) % clusters}",
            })]);
            return new KeyValuePair<string, JsonNode?>($"rpc{number}", listener);
        });
        var pairs = Enumerable.Range(0, clusters)
            .Select(number => new KeyValuePair<string, JsonNode?>($"pair{number}", Cluster(setup.Primary, setup.Secondary)));
        return Of(setup, new JsonObject(listeners), new JsonObject(pairs));
    }

    private static JsonObject Of(ProxySetup setup, JsonObject listeners, JsonObject clusters) => new()
    {
        ["HaProxyNet"] = new JsonObject
        {
            ["Admin"] = new JsonObject
            {
                ["Endpoint"] = setup.Admin.ToString(),
                ["ControlSocket"] = Path.Combine(setup.Folder, "control.sock"),
                ["StateFile"] = Path.Combine(setup.Folder, "state", "state.json"),
            },
            ["Listeners"] = listeners,
            ["Clusters"] = clusters,
        },
    };

    private static JsonObject Listener(IPEndPoint endpoint, string cluster)
        => new() { ["Endpoint"] = endpoint.ToString(), ["Cluster"] = cluster };

    private static JsonObject Cluster(IPEndPoint primary, IPEndPoint secondary) => new()
    {
        ["Destinations"] = new JsonArray(
            new JsonObject { ["Name"] = "primary", ["Address"] = primary.ToString() },
            new JsonObject { ["Name"] = "secondary", ["Address"] = secondary.ToString() }),
    };
}
