using Spectre.Console;

namespace HaProxyNet.Server.Diagnosing;

/// <summary>The report in a terminal.</summary>
internal static class DoctorTable
{
    private const int ShortThumbprint = 16;

    public static void Print(IAnsiConsole console, DoctorReport report)
    {
        var table = new Table().AddColumns("destination", "address", "accepts", "TLS", "certificate", "SHA-256", "days left");
        foreach (var one in report.Destinations)
        {
            var shown = one.Certificate;
            table.AddRow(
                new Text($"{one.Cluster}/{one.Destination}"),
                new Text(string.Join(
                    '\n', one.Resolved.Where(ip => !one.Address.Contains(ip, StringComparison.Ordinal)).Prepend(one.Address))),
                one.AcceptMs is { } ms ? new Markup($"[green]{ms:0.0} ms[/]") : new Markup("[red]no[/]"),
                new Text(one.TlsVersion is null ? "" : $"{one.TlsVersion}\n{one.Cipher}"),
                new Text(shown is null ? "" : $"{string.Join('\n', shown.Names)}\nby {shown.Issuer}"),
                new Text(shown is null ? "" : shown.Thumbprint[..ShortThumbprint] + '…'),
                new Text(one.DaysLeft?.ToString() ?? ""));
        }

        console.Write(table);
        foreach (var finding in report.Findings.OrderByDescending(f => f.Severity))
        {
            console.Write(new Text(finding.ToString() + Environment.NewLine, Style(finding.Severity)));
        }

        console.Write(new Text(DoctorLines.Verdict(report) + Environment.NewLine, Style(report.Ok ? Severity.Note : Severity.Fault)));
    }

    private static Style Style(Severity severity) => severity switch
    {
        Severity.Fault => new Style(Color.Red),
        Severity.Warning => new Style(Color.Yellow),
        _ => new Style(Color.Grey),
    };
}
