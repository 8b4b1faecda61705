using HaProxyNet.Tls.Hello;

namespace HaProxyNet.FuzzTests.Hello;

/// <summary>What the reference says; the same as what the parser says when <see cref="Text"/> is.</summary>
internal sealed record ReferenceResult(
    HelloStatus Status, string? Name, string Protocols, ushort Version, ushort LegacyVersion, ushort RecordVersion, bool HasEncrypted,
    int Length, int Records)
{
    public static ReferenceResult Of(HelloStatus status) => new(status, null, "", 0, 0, 0, false, 0, 0);

    /// <summary>What the parser says, in the same form.</summary>
    public static ReferenceResult Of(in HelloResult result) => result.Hello is not { } hello
        ? Of(result.Status)
        : new(
            result.Status, hello.ServerName, string.Join(' ', hello.Protocols), hello.Version, hello.LegacyVersion, hello.RecordVersion,
            hello.OffersEncryptedHello, hello.Length, hello.Records);

    /// <summary>One line for people, and for the corpus.</summary>
    public string Text => Status is not HelloStatus.Complete
        ? Status.ToString()
        : $"{Status} name={Name ?? "none"} version={Version:x4} legacy={LegacyVersion:x4} record={RecordVersion:x4} protocols=["
            + $"{Protocols}] "
            + $"ech={(HasEncrypted ? "yes" : "no")} length={Length} records={Records}";
}
