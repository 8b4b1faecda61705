namespace HaProxyNet.Management.Page;

/// <summary>A certificate on the page.</summary>
/// <param name="Owner">The listener, or cluster and destination.</param>
/// <param name="Subject">Its name.</param>
/// <param name="Key">The kind of its key.</param>
/// <param name="NotAfter">When it expires.</param>
/// <param name="DaysLeft">Whole days until then; below zero: it has expired.</param>
public sealed record CertificatePage(string Owner, string Subject, string Key, DateTimeOffset NotAfter, int DaysLeft);
