namespace HaProxyNet.Server.Diagnosing;

/// <summary>The report as lines, for a file or a pipe: one a destination, then one a finding.</summary>
internal static class DoctorLines
{
    public static void Print(TextWriter output, DoctorReport report)
    {
        foreach (var one in report.Destinations)
        {
            output.WriteLine(Line(one));
        }

        foreach (var finding in report.Findings)
        {
            output.WriteLine(finding);
        }

        output.WriteLine(Verdict(report));
    }

    /// <summary>The last line.</summary>
    public static string Verdict(DoctorReport report)
    {
        var (faults, warnings) =
            (report.Findings.Count(f => f.Severity is Severity.Fault), report.Findings.Count(f => f.Severity is Severity.Warning));
        return report.Ok ? $"ok: no fault, {warnings} to watch" : $"not ok: {faults} to mend, {warnings} to watch";
    }

    private static string Line(DestinationReport one)
    {
        var accepts = one.AcceptMs is { } ms ? $"accepts in {ms} ms" : "does not accept";
        var tls = one.TlsVersion is null ? "" : $" {one.TlsVersion} {one.Cipher}";
        var certificate = one.Certificate is { } shown
            ? $" certificate={string.Join(',', shown.Names)} issuer=\"{shown.Issuer}\" sha256={shown.Thumbprint} days_left={one.DaysLeft}"
            : "";
        return $"{one.Cluster}/{one.Destination} {one.Address} ({string.Join(", ", one.Resolved)}) {accepts}{tls}{certificate}";
    }
}
