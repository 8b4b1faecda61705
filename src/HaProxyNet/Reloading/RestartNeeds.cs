using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Maintaining;
using HaProxyNet.Configuration.Notify;

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
        ("Log.Format", started.Log.Format, next.Log.Format),
        ("Log.EventLog", started.Log.EventLog, next.Log.EventLog),
        ("Log.Syslog.Address", started.Log.Syslog.Address, next.Log.Syslog.Address),
        ("Log.Syslog.Facility", started.Log.Syslog.Facility, next.Log.Syslog.Facility),
        ("Log.Syslog.CaPath", started.Log.Syslog.CaPath, next.Log.Syslog.CaPath),
        ("Log.Syslog.HostName", started.Log.Syslog.HostName, next.Log.Syslog.HostName),
        ("Log.Syslog.AppName", started.Log.Syslog.AppName, next.Log.Syslog.AppName),
        ("Maintenance", WordsOf(started.Maintenance), WordsOf(next.Maintenance)),
        ("Notify", WordsOf(started.Notify), WordsOf(next.Notify)),
        ("Engine", started.Engine, next.Engine),
        ("TlsEngine", started.TlsEngine, next.TlsEngine),
        ("Threads", started.Threads, next.Threads),
    ];
        return [.. fixedAtStart
            .Where(setting => !Equals(setting.Before, setting.Now))
            .Select(setting => $"{ProxyOptions.SectionName}.{setting.Path}")];
    }

    /// <summary>Everything that is said about the store of maintenance, to be compared.</summary>
    private static string WordsOf(MaintenanceOptions maintenance) => string.Join(
        '\n',
        (IEnumerable<object>)[
            maintenance.Store, maintenance.Name, maintenance.Node, maintenance.Etcd.Prefix, maintenance.Etcd.CaPath,
            maintenance.Etcd.CertificatePath,
            maintenance.Etcd.KeyPath, maintenance.Etcd.UserName, maintenance.Etcd.PasswordFile, maintenance.Etcd.PasswordVariable,
            .. maintenance.Etcd.Endpoints]);

    /// <summary>Everything that is said about messages, to be compared.</summary>
    private static string WordsOf(NotifyOptions notify)
        => string.Join('\n', notify.Webhooks.OrderBy(w => w.Key, StringComparer.OrdinalIgnoreCase).SelectMany(
            w => (IEnumerable<object>)[
                w.Key,
                w.Value.Kind,
                w.Value.UrlFile,
                w.Value.UrlVariable,
                w.Value.TokenFile,
                w.Value.TokenVariable,
                w.Value.Template,
                w.Value.Timeout,
                .. w.Value.Events,
            ]).Append(notify.Gather));
}
