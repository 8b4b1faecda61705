using HaProxyNet.Configuration.Listeners;

namespace HaProxyNet.Server.Demo;

/// <summary>Where the demo's proxy is reached.</summary>
/// <param name="Listen">By the client.</param>
/// <param name="Admin">For metrics and status.</param>
internal sealed record DemoEndpoints(string Listen, string Admin)
{
    /// <summary>
    /// The wanted endpoints. Where nobody asked for one, and the usual one is taken, any free port: a demo should run everywhere.
    /// </summary>
    public static DemoEndpoints For(DemoSettings settings, DemoEvents events) => new(
        settings.Listen ?? UsualOrFree("127.0.0.1:5050", "--listen", events),
        settings.Admin ?? UsualOrFree("127.0.0.1:9090", "--admin", events));

    private static string UsualOrFree(string usual, string option, DemoEvents events)
    {
        var endPoint = ListenEndPoint.Parse(usual);
        if (EndpointAvailability.Check(option, endPoint) is not { } fault)
        {
            return usual;
        }

        events.Add($"{fault.Problem}: the demo takes a free port instead; {option} EP sets another");
        endPoint.Port = 0;
        return endPoint.ToString();
    }
}
