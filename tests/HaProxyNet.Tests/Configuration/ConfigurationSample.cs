using System.Text.Json.Nodes;
using HaProxyNet.Configuration.Reading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace HaProxyNet.Tests.Configuration;

/// <summary>A valid configuration file to break, and the ways to read one.</summary>
internal static class ConfigurationSample
{
    public const string Valid = """
        {
          "$schema": "haproxynet.schema.json",
          "HaProxyNet": {
            "Admin": { "Endpoint": "127.0.0.1:9090" },
            "ShutdownTimeout": "00:00:30",
            "Listeners": {
              "iqservice":     { "Endpoint": "0.0.0.0:5050", "Cluster": "iqservice",
                                 "AllowedClients": [ "10.0.0.0/8" ], "MaxConnections": 20000 },
              "iqservice-tls": { "Endpoint": "0.0.0.0:6060", "Cluster": "iqservice-tls" }
            },
            "Clusters": {
              "iqservice": {
                "Destinations": [
                  { "Name": "primary",   "Address": "iqs1.corp.example:5050" },
                  { "Name": "secondary", "Address": "iqs2.corp.example:5050" }
                ],
                "ConnectTimeout": "00:00:03", "IdleTimeout": "00:00:00",
                "Health": { "DownInterval": "00:00:01" }
              },
              "iqservice-tls": {
                "Destinations": [
                  { "Name": "primary",   "Address": "10.0.0.1:6060" },
                  { "Name": "secondary", "Address": "[fd00::2]:6060" }
                ]
              }
            }
          }
        }
        """;

    /// <summary>Reads JSON as a file with an environment of its own, so that no test sees the variables of another.</summary>
    public static LoadedConfiguration Load(string json, params (string Key, string Value)[] environment)
    {
        using var file = new TemporaryFile(json);
        return ConfigurationFile.Load(file.Path, Environment(environment));
    }

    public static IReadOnlyList<ConfigurationFault> FaultsOf(string json) => Load(json).Reading.Faults;

    /// <summary>
    /// The valid file with one value at a path such as <c>Listeners.iqservice.Endpoint</c> or
    /// <c>Clusters.iqservice.Destinations.0.Name</c>.
    /// </summary>
    public static string With(string path, string json)
    {
        var (parent, key) = Find(path, out var document);
        var value = JsonNode.Parse(json);
        if (parent is JsonArray list)
        {
            list[int.Parse(key)] = value;
        }
        else
        {
            parent[key] = value;
        }

        return document.ToJsonString();
    }

    public static string Without(string path)
    {
        var (parent, key) = Find(path, out var document);
        Assert.True(parent.AsObject().Remove(key));
        return document.ToJsonString();
    }

    public static IConfigurationSource Environment(params (string Key, string Value)[] variables) => new MemoryConfigurationSource
    {
        InitialData = variables.Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":"), (string?)variable.Value)),
    };

    private static (JsonNode Parent, string Key) Find(string path, out JsonNode document)
    {
        document = JsonNode.Parse(Valid)!;
        var steps = path.Split('.');
        var parent = document["HaProxyNet"]!;
        foreach (var step in steps[..^1])
        {
            parent = parent is JsonArray list ? list[int.Parse(step)]! : parent[step]!;
        }

        return (parent, steps[^1]);
    }
}
