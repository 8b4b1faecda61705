namespace HaProxyNet.Server.Diagnosing;

/// <summary>One destination in the report. What was not found out is null.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Destination">The destination.</param>
/// <param name="Address">Its configured address.</param>
/// <param name="Resolved">The addresses of its name.</param>
/// <param name="AcceptMs">How long it took to accept, in milliseconds.</param>
/// <param name="Failure">Why it could not be reached, or the handshake failed.</param>
/// <param name="ServerName">The name that it was asked for.</param>
/// <param name="TlsVersion">The version of TLS.</param>
/// <param name="Cipher">The cipher suite.</param>
/// <param name="Certificate">What it has shown.</param>
/// <param name="DaysLeft">Days until that expires.</param>
internal sealed record DestinationReport(
    string Cluster,
    string Destination,
    string Address,
    IReadOnlyList<string> Resolved,
    double? AcceptMs,
    string? Failure,
    string? ServerName,
    string? TlsVersion,
    string? Cipher,
    ShownCertificate? Certificate,
    int? DaysLeft)
{
    public static DestinationReport Of(DestinationFacts facts, DateTimeOffset now) => new(
        facts.Case.Cluster,
        facts.Case.Destination,
        facts.Case.Address.ToString(),
        facts.Resolved,
        facts.AcceptedAfter is { } after ? Math.Round(after.TotalMilliseconds, 3) : null,
        Text(facts.Failure) ?? Text(facts.Handshake?.Failure),
        facts.Case.SpeaksTls ? facts.Case.ServerName : null,
        Text(facts.Handshake?.Version),
        Text(facts.Handshake?.Cipher),
        facts.Handshake?.Certificate,
        facts.Handshake?.Certificate?.DaysLeft(now));

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
