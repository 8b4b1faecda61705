using System.Reflection;

namespace HaProxyNet.Telemetry;

/// <summary>Which build this is.</summary>
internal static class ProxyVersion
{
    /// <summary>The version, without the commit that the SDK may append.</summary>
    public static string Text { get; } = (typeof(ProxyVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
        ?.InformationalVersion ?? "0.0.0").Split('+')[0];
}
