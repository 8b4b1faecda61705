using HaProxyNet.Configuration;

namespace HaProxyNet.Reloading;

/// <summary>Which changed settings a reload cannot take over. Pure.</summary>
internal static class RestartNeeds
{
    /// <summary>Their paths in the file, in its order.</summary>
    /// <param name="started">The configuration that the process was started with.</param>
    /// <param name="next">The configuration that is taken over.</param>
    public static IReadOnlyList<string> Between(ProxyOptions started, ProxyOptions next)
    {
        (string Path, object Before, object Now)[] fixedAtStart =
        [
            ("Admin.ControlSocket", started.Admin.ControlSocket, next.Admin.ControlSocket),
            ("Admin.StateFile", started.Admin.StateFile, next.Admin.StateFile),
            ("Admin.HistoryDays", started.Admin.HistoryDays, next.Admin.HistoryDays),
            ("Engine", started.Engine, next.Engine),
            ("TlsEngine", started.TlsEngine, next.TlsEngine),
            ("Threads", started.Threads, next.Threads),
        ];
        return [.. fixedAtStart.Where(setting => !Equals(setting.Before, setting.Now)).Select(setting => $"{ProxyOptions.SectionName}.{setting.Path}")];
    }
}
