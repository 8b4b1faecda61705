namespace HaProxyNet.Server.WindowsServices;

/// <summary>What has to be done to Windows for the service, as commands that every Windows has. Nothing is done here.</summary>
internal static class ServicePlan
{
    /// <summary>The service's name, its source in the event log, and its virtual account.</summary>
    public const string Name = "haproxynet";

    /// <summary>The account that Windows makes for the service alone: it has a name, no password and no rights.</summary>
    public const string VirtualAccount = $@"NT SERVICE\{Name}";

    private const string EventSource = @"HKLM\SYSTEM\CurrentControlSet\Services\EventLog\Application\HaProxyNet";

    // Every Windows has these messages: they show the text that an event brings.
    private const string EventMessages = @"%SystemRoot%\Microsoft.NET\Framework64\v4.0.30319\EventLogMessages.dll";

    /// <summary>The steps of <c>service install</c>.</summary>
    /// <param name="executable">The proxy's executable.</param>
    /// <param name="configuration">The configuration file, a whole path.</param>
    /// <param name="stateFolder">Where the state file is kept.</param>
    /// <param name="account">A group managed service account, <c>DOMAIN\NAME$</c>; null: the virtual account.</param>
    public static IReadOnlyList<ServiceStep> Install(string executable, string configuration, string stateFolder, string? account)
    {
        var user = account ?? VirtualAccount;
        var steps = new List<ServiceStep>
        {
            Sc(
                "the service cannot be created", "create", Name, "binPath=", $"\"{executable}\" run --config \"{configuration}\"",
                "DisplayName=", "HaProxyNet failover proxy", "start=", "delayed-auto", "obj=", user),
            Sc(
                "its description cannot be set",
                "description",
                Name,
                "High-availability TCP failover proxy. Configuration: " + configuration),

            // After a crash: at once, after 5 s, then every minute; a day without one begins anew. Also when it ends by itself with a
            // fault.
            Sc("its recovery cannot be set", "failure", Name, "reset=", "86400", "actions=", "restart/1000/restart/5000/restart/60000"),
            Sc("its recovery cannot be set", "failureflag", Name, "1"),
            Sc("its identity cannot be set", "sidtype", Name, "unrestricted"),
        };
        if (account is not null)
        {
            steps.Add(Sc("the account cannot be managed by the domain", "managedaccount", Name, "true"));
        }

        steps.Add(new(
            "its source in the event log cannot be registered",
            "reg.exe",
            ["add", EventSource, "/v", "EventMessageFile", "/t", "REG_EXPAND_SZ", "/d", EventMessages, "/f"]));
        steps.Add(new("the account cannot be given the state's folder", "icacls.exe", [stateFolder, "/grant", $"{user}:(OI)(CI)M"]));
        return steps;
    }

    /// <summary>The steps of <c>service uninstall</c>. The configuration and the state stay.</summary>
    public static IReadOnlyList<ServiceStep> Uninstall() =>
    [
        Sc("the service cannot be deleted", "delete", Name),
        new("its source in the event log cannot be removed", "reg.exe", ["delete", EventSource, "/f"]),
    ];

    /// <summary>The step of <c>service status</c>.</summary>
    public static ServiceStep Status() => Sc("the service cannot be found", "queryex", Name);

    /// <summary>What is wrong with the name of a managed account; null when nothing is.</summary>
    public static string? ProblemOf(string account)
        => account.Split('\\') is [{ Length: > 0 }, { Length: > 1 } name] && name.EndsWith('$')
            ? null
            : $"'{account}' is not a group managed service account; DOMAIN\\NAME$";

    private static ServiceStep Sc(string purpose, params string[] arguments) => new(purpose, "sc.exe", arguments);
}
