using System.CommandLine;
using System.Globalization;
using HaProxyNet.Control;
using HaProxyNet.Control.Documents;

namespace HaProxyNet.Server.Controlling;

/// <summary><c>explain</c>: which destination a connection would get now, and why not the others.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var options = new ControlOptions();
        var listener = new Argument<string>("LISTENER") { Description = "The listener that the connection comes to." };
        var client = new Option<string?>("--client") { Description = "The client's address.", HelpName = "IP" };
        var name = new Option<string?>("--sni") { Description = "The server name that the client asks for in TLS.", HelpName = "NAME" };
        var command = options.AddTo(new Command(
            ControlVerbs.Explain,
            "Says which destination a connection would get now, and why not the others. Changes nothing.") { listener, client, name });
        command.SetAction(async (parsed, stop) =>
        {
            var request = new ControlRequest(ControlVerbs.Explain)
            {
                Listener = parsed.GetValue(listener),
                Client = parsed.GetValue(client),
                ServerName = parsed.GetValue(name),
            };
            if (await options.AskAsync(parsed, request, stop) is not { Explanation: { } explanation })
            {
                return 1;
            }

            Write(parsed.InvocationConfiguration.Output, explanation);
            return 0;
        });
        return command;
    }

    private static void Write(TextWriter output, Explanation explanation)
    {
        var client = explanation.Client is { } address ? $" from {address}" : "";
        output.WriteLine($"A connection to {explanation.Listener}{client}: {explanation.Verdict}.");
        foreach (var note in explanation.Notes)
        {
            output.WriteLine($"{char.ToUpperInvariant(note[0])}{note[1..]}.");
        }

        var table = new TextTable("TRIED", "DESTINATION", "STATE", "ADDRESS", "WHY");
        foreach (var destination in explanation.Destinations)
        {
            table.Add(
                destination.Place is null ? "grey" : null,
                destination.Place?.ToString(CultureInfo.InvariantCulture) ?? "no",
                destination.Name,
                destination.State,
                destination.Address,
                destination.Why);
        }

        Screen.Show(output, table);
    }
}
