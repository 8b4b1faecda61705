using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Logs;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Configuration.Validation;

/// <summary>The log's outputs can be reached as they are written down, and what is said about one has an effect.</summary>
internal sealed class LogValidator : IOptionsValidator
{
    private const int LongestHostName = 255;
    private const int LongestAppName = 48;
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);

    public void Validate(ValidationContext context)
    {
        var path = SettingPath.Root.Child(nameof(ProxyOptions.Log));
        CheckSyslog(path.Child(nameof(LogOptions.Syslog)), context.Options.Log.Syslog, context.Faults);
        if (context.Options.Log.EventLog && !OperatingSystem.IsWindows())
        {
            context.Faults.Warn(path.Child(nameof(LogOptions.EventLog)), "has no effect: this is not Windows", "false");
        }

        if (context.Options.Log.Format is LogFormat.Journal && !OperatingSystem.IsLinux())
        {
            context.Faults.Add(path.Child(nameof(LogOptions.Format)), "is Journal, and journald is part of Linux", "Text or Json");
        }

        foreach (var (listener, _, options) in context.Listeners)
        {
            if (options.Log.Every > TimeSpan.Zero && options.Log.Every < _shortest)
            {
                context.Faults.Add(
                    listener.Child(nameof(ListenerOptions.Log)).Child(nameof(ListenerLogOptions.Every)),
                    $"{options.Log.Every:c} is less than a second",
                    "a time of 00:00:01 or more, or 00:00:00 for none");
            }
        }
    }

    private static void CheckSyslog(SettingPath path, SyslogOptions syslog, FaultCollector faults)
    {
        CheckName(path.Child(nameof(SyslogOptions.HostName)), syslog.HostName, LongestHostName, faults);
        CheckName(path.Child(nameof(SyslogOptions.AppName)), syslog.AppName, LongestAppName, faults);
        if (syslog.Address.Length == 0)
        {
            UnusedSetting.Warn(
                path,
                "without Address",
                SyslogAddress.Allowed,
                faults,
                (nameof(SyslogOptions.CaPath), syslog.CaPath.Length > 0),
                (nameof(SyslogOptions.HostName), syslog.HostName.Length > 0));
            return;
        }

        if (!SyslogAddress.TryParse(syslog.Address, out var address, out var problem))
        {
            faults.Add(path.Child(nameof(SyslogOptions.Address)), problem, SyslogAddress.Allowed);
        }
        else if (address.Transport is not SyslogTransport.Tls)
        {
            UnusedSetting.Warn(
                path,
                "without TLS",
                "an Address that begins with tls://",
                faults,
                (nameof(SyslogOptions.CaPath), syslog.CaPath.Length > 0));
        }
    }

    /// <summary>RFC 5424 allows visible ASCII there, and so many characters.</summary>
    private static void CheckName(SettingPath path, string name, int longest, FaultCollector faults)
    {
        if (name.Length > longest || name.Any(c => c is <= ' ' or > '~'))
        {
            faults.Add(
                path,
                $"'{name}' cannot stand in a syslog message",
                $"at most {longest} letters, digits and signs of ASCII, without spaces");
        }
    }
}
