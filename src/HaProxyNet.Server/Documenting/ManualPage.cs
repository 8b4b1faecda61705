using System.CommandLine;
using System.CommandLine.Help;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Documenting;

/// <summary>haproxynet(1), from the commands themselves: what a command says of itself by <c>--help</c> is what the page says.</summary>
internal static class ManualPage
{
    /// <summary>The page.</summary>
    /// <param name="root">All commands.</param>
    /// <param name="date">The date of the page: year, month and day.</param>
    public static string Of(Command root, string date)
    {
        var page = new Roff().Title(root.Name, 1, date, $"HaProxyNet {ProxyVersion.Text}");
        page.Section("NAME").Paragraph($"{root.Name} - high-availability TCP failover proxy");
        page.Section("SYNOPSIS")
            .Verbatim($"{root.Name} COMMAND [OPTIONS]", $"{root.Name} run --config FILE", $"{root.Name} COMMAND --help");
        page.Section("DESCRIPTION")
            .Paragraph("A failover proxy for clients that can be given only one address, such as SailPoint IdentityIQ for its IQService "
                + "agents. New connections go to the primary while it "
                + "accepts TCP, to the secondary only while it does not, and back again as soon as it does. No request that was given to "
                + "an agent is ever given to another.");
        page.Section("COMMANDS");
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
        {
            AddCommand(page, root, command);
        }

        page.Section("SIGNALS")
            .Term(
                "SIGTERM, SIGINT",
                value: null,
                "Drain: no new connections; open ones have ShutdownTimeout to end, the rest is reset. A second one ends the drain at once.")
            .Term("SIGHUP", value: null, "Take over the configuration, and certificates that have changed.");
        page.Section("EXIT STATUS")
            .Term("0", value: null, "It was done; for ready: the proxy is ready.")
            .Term("1", value: null, "It was not done. One line a fault on standard error, or on standard output for check, says why.");
        page.Section("ENVIRONMENT")
            .Term("HAPROXYNET__", "KEY", "Wins over the file: HAPROXYNET__Clusters__iqservice__ConnectTimeout=00:00:02.")
            .Term(
                "NOTIFY_SOCKET, WATCHDOG_USEC",
                value: null,
                "Where a service manager is notified, and how often it wants a sign of life; see sd_notify(3).");
        page.Section("FILES")
            .Term(
                "/etc/haproxynet/haproxynet.json",
                value: null,
                "The configuration, where there is no haproxynet.json in the working directory and --config is not given.")
            .Term("/run/haproxynet/control.sock", value: null, "The control socket, for the proxy's user and root.")
            .Term("/var/lib/haproxynet/state.json", value: null, "What operators have set: drain, disable, switch.");
        page.Section("EXAMPLES").Verbatim(
            "haproxynet init", "haproxynet check --config haproxynet.json", "haproxynet run --config haproxynet.json",
            "haproxynet drain iqservice/primary --wait 10m");
        page.Section("SEE ALSO").Paragraph("systemd.service(5), systemctl(1); the documentation in /usr/share/doc/haproxynet.");
        return page.ToString();
    }

    private static void AddCommand(Roff page, Command root, Command command)
    {
        var arguments = string.Concat(command.Arguments.Where(argument => !argument.Hidden).Select(argument => $" {argument.Name}"));
        page.Subsection($"{root.Name} {command.Name}{arguments}").Paragraph(command.Description ?? "");
        foreach (var argument in command.Arguments.Where(argument => !argument.Hidden && argument.Description is { Length: > 0 }))
        {
            page.Term(argument.Name, value: null, argument.Description!);
        }

        foreach (var option in command.Options.Where(option => !option.Hidden && option is not HelpOption and not VersionOption))
        {
            page.Term(option.Name, option.ValueType == typeof(bool) ? null : option.HelpName ?? "VALUE", option.Description ?? "");
        }
    }
}
