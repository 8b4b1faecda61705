using System.Text.Json.Nodes;

namespace HaProxyNet.FuzzTests.Configurations;

/// <summary>Whole configurations to begin with: every section, every kind of value.</summary>
internal static class ConfigurationModel
{
    /// <summary>Ports are placeholders: a run on a machine with other work binds what it was given.</summary>
    private const string Whole = """
        {
          "$schema": "haproxynet.schema.json",
          "Logging": { "LogLevel": { "Default": "Warning", "HaProxyNet.Connection": "None" },
          "Console": { "LogLevel": { "Default": "Error" } } },
          "HaProxyNet": {
            "Admin": { "Endpoint": "", "AllowedHosts": [ "proxy.example" ], "ControlSocket": "", "StateFile": "", "HistoryDays": 0 },
            "ShutdownTimeout": "00:00:01", "ShutdownDelay": "00:00:00", "Engine": "Managed", "TlsEngine": "SslStream", "Threads": 1,
            "Listeners": {
              "plain": { "Endpoint": "127.0.0.1:{0}", "Cluster": "pair", "AllowedClients": [ "127.0.0.0/8" ],
              "MaxConnections": 100, "ConnectOn": "Accept",
                         "UserTimeout": "00:01:30", "FirstByteTimeout": "00:00:30", "WaitForAddress": true },
              "routed": { "Endpoint": "127.0.0.1:{1}", "Cluster": "single", "WaitForAddress": true,
                          "Tls": { "Mode": "Passthrough", "ServerName": "vip.example", "HelloTimeout": "00:00:10" },
                          "Routes": [ { "ServerName": "*.dmz.example", "Cluster": "pair" } ] }
            },
            "Clusters": {
              "pair": {
                "Policy": "PrimaryPreferred",
                "Destinations": [ { "Name": "primary", "Address": "127.0.0.1:{2}" },
                { "Name": "secondary", "Address": "two.example:{2}", "Priority": 1 } ],
                "ConnectTimeout": "00:00:03", "HedgeAfter": "Auto", "IdleTimeout": "00:00:00",
                "ResolveInterval": "00:00:30", "UserTimeout": "00:01:30",
                "Health": { "Probe": "Never", "Method": "HalfOpen", "Interval": "00:00:10",
                "DownInterval": "00:00:01", "Fall": 1, "Rise": 1 },
                "Failback": { "Mode": "StableFor", "StableFor": "00:02:00", "Sessions": "Leave" },
                "WhenAllDown": "Reset", "FailoverGroup": "site"
              },
              "single": {
                "Policy": "LeastConnections", "Destinations": [ { "Name": "only", "Address": "[::1]:{2}" } ],
                "Tls": { "Enabled": false, "Verify": true }, "Health": { "Probe": "Never" }, "Stickiness": { "Expiry": "01:00:00" }
              }
            }
          }
        }
        """;

    /// <summary>A tree of its own each time.</summary>
    /// <param name="ports">The first listener's, the second one's, and the destinations' port.</param>
    public static JsonObject Make(params int[] ports)
    {
        var text = Whole;
        for (var i = 0; i < ports.Length; i++)
        {
            text = text.Replace($"{{{i}}}", ports[i].ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        return JsonNode.Parse(text)!.AsObject();
    }
}
