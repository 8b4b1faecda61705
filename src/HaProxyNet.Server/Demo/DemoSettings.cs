using HaProxyNet.Configuration;

namespace HaProxyNet.Server.Demo;

/// <summary>What the demo was asked for.</summary>
/// <param name="Listen">Where the proxy listens.</param>
/// <param name="Admin">Where metrics and status are served.</param>
/// <param name="Duration">When to end; none: on Ctrl-C.</param>
internal sealed record DemoSettings(string Listen, string Admin, TimeSpan? Duration)
{
    /// <summary>RPCs a second.</summary>
    public const int Rate = 60;

    /// <summary>A demo without an end ends all the same after this: the ledger of requests grows with every one of them.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(8);

    /// <summary>The same with any free port where the wanted one is taken: a demo should run on every machine.</summary>
    public DemoSettings WithFreeEndpoints(DemoEvents events) => this with
    {
        Listen = Free(Listen, "--listen", events),
        Admin = Free(Admin, "--admin", events),
    };

    private static string Free(string wanted, string option, DemoEvents events)
    {
        if (!ListenEndPoint.TryParse(wanted, out var endPoint) || EndpointAvailability.Check(option, endPoint) is not { } fault)
        {
            return wanted;
        }

        endPoint.Port = 0;
        events.Add($"{fault.Path}: {fault.Problem}; a free port is taken instead");
        return endPoint.ToString();
    }
}
