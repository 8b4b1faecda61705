using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Workloads;

namespace IqServicePair;

/// <summary>Reads what is written on the command line; a fault becomes one line that says what is allowed.</summary>
internal static class Arguments
{
    /// <summary>IP address and port.</summary>
    public static IPEndPoint? ReadListenAddress(ArgumentResult argument) => IPEndPoint.TryParse(TextOf(argument), out var endPoint)
        ? endPoint
        : Refuse<IPEndPoint>(argument, "an IP address and a port, such as 127.0.0.1:5050");

    /// <summary>IP address or host name, and port.</summary>
    public static EndPoint? ReadTarget(ArgumentResult argument)
    {
        var text = TextOf(argument);
        if (text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text, out var address) && address.Port > 0)
        {
            return address;
        }

        var colon = text.LastIndexOf(':');
        return colon > 0
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0
            ? new DnsEndPoint(text[..colon], port)
            : Refuse<EndPoint>(argument, "a host and a port, such as 127.0.0.1:5050 or iqs1.corp.example:5050");
    }

    /// <summary>A time such as 500ms, 20s, 2m or 00:00:20.</summary>
    public static TimeSpan ReadTime(ArgumentResult argument)
    {
        var text = TextOf(argument);
        var (number, unit) = text switch
        {
            [.. var digits, 'm', 's'] => (digits, TimeSpan.FromMilliseconds(1)),
            [.. var digits, 's'] => (digits, TimeSpan.FromSeconds(1)),
            [.. var digits, 'm'] => (digits, TimeSpan.FromMinutes(1)),
            _ => ("", TimeSpan.Zero),
        };
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
        {
            return unit * count;
        }

        return text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time)
            && time >= TimeSpan.Zero
            ? time
            : Refuse<TimeSpan>(argument, "a time such as 500ms, 20s, 2m or 00:00:20");
    }

    /// <summary>thread, serial, or the size of a pool.</summary>
    public static AcceptMode ReadAcceptMode(ArgumentResult argument) => TextOf(argument) switch
    {
        "thread" => AcceptMode.ThreadPerConnection,
        "serial" => AcceptMode.Serial,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var workers) && workers > 0
            => AcceptMode.FixedPool(workers),
        _ => Refuse<AcceptMode>(argument, "thread, serial, or the number of workers in a pool"),
    };

    /// <summary>The name of a preset.</summary>
    public static WorkloadProfile? ReadWorkload(ArgumentResult argument) =>
        WorkloadProfile.Named(TextOf(argument)) ?? Refuse<WorkloadProfile>(argument, "ping, quick, brisk or typical");

    private static string TextOf(ArgumentResult argument) => argument.Tokens is [var token] ? token.Value : "";

    private static T? Refuse<T>(ArgumentResult argument, string allowed)
    {
        argument.AddError($"'{TextOf(argument)}' is not {allowed}");
        return default;
    }
}
