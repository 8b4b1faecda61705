namespace HaProxyNet.Server.Controlling;

/// <summary>Words for numbers of connections.</summary>
internal static class Connections
{
    public static string Count(int count) => count == 1 ? "1 connection" : $"{count} connections";
}
