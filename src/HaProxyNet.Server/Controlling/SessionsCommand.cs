using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HaProxyNet.Control;
using HaProxyNet.Control.Documents;

namespace HaProxyNet.Server.Controlling;

/// <summary><c>sessions</c>: the connections that are open now.</summary>
internal static class SessionsCommand
{
    public static Command Create()
    {
        var options = new ControlOptions();
        var json = new Option<bool>("--json") { Description = "The document of /api/v1/sessions." };
        var command = options.AddTo(
            new Command(ControlVerbs.Sessions, "Lists the open connections of the running proxy, the oldest first.") { json });
        command.SetAction(async (parsed, stop) =>
        {
            if (await options.AskAsync(parsed, new(ControlVerbs.Sessions), stop) is not { Sessions: { } sessions })
            {
                return 1;
            }

            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(sessions, StatusJson.Default.IReadOnlyListSessionEntry));
            }
            else
            {
                Screen.Show(output, Table(sessions));
            }

            return 0;
        });
        return command;
    }

    private static string Acked(long? bytes) => bytes?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static TextTable Table(IReadOnlyList<SessionEntry> sessions)
    {
        // Only after an upgrade do some belong to another process.
        string[] more = sessions.Any(session => session.Process is not null) ? ["PROCESS"] : [];
        string[] columns =
        [
            "CLIENT", "LISTENER", "CLUSTER", "DESTINATION", "STATE", "SINCE", "BYTES-IN", "ACKED-IN", "BYTES-OUT", "ACKED-OUT", "QUIET",
        ];
        var table = new TextTable([.. columns, .. more]);
        foreach (var session in sessions)
        {
            string?[] cells =
            [
                session.Client,
                session.Listener,
                session.Cluster,
                session.Destination,
                session.State,
                session.Since.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                session.BytesIn.ToString(CultureInfo.InvariantCulture),
                Acked(session.AckedIn),
                session.BytesOut.ToString(CultureInfo.InvariantCulture),
                Acked(session.AckedOut),
                Duration.Short(session.QuietSeconds),
                .. more.Select(_ => session.Process?.ToString(CultureInfo.InvariantCulture)),
            ];
            table.Add(colour: null, cells);
        }

        return table;
    }
}
