using System.Globalization;
using HaProxyNet.Tests.Configuration;

namespace HaProxyNet.Tests.Server;

/// <summary>Writes a configuration of one listener and two destinations that logs nothing.</summary>
internal static class PairFile
{
    public static TemporaryFile Write(string listen, string admin, string primary = "127.0.0.1:1", string secondary = "127.0.0.1:2")
        => new(Json(listen, admin, primary, secondary));

    public static string Json(string listen, string admin, string primary = "127.0.0.1:1", string secondary = "127.0.0.1:2")
        => string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "Logging": { "LogLevel": { "Default": "None", "HaProxyNet": "None" } },
              "HaProxyNet": {
                "Admin": { "Endpoint": "{{admin}}", "ControlSocket": "", "StateFile": "" },
                "Listeners": { "front": { "Endpoint": "{{listen}}", "Cluster": "pair" } },
                "Clusters": {
                  "pair": { "Destinations": [ { "Name": "primary", "Address": "{{primary}}" },
                  { "Name": "secondary", "Address": "{{secondary}}" } ] }
                }
              }
            }
            """);
}
