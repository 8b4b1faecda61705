namespace HaProxyNet.Tls.Hello;

/// <summary>What a TLS client said of itself in its first message. Immutable.</summary>
internal sealed record ClientHello
{
    /// <summary>
    /// The host that the client asks for (SNI): in lower case, without the dot at its end, and in the form that is sent (<c>xn--…</c>).
    /// None when the client named none. With <see cref="OffersEncryptedHello"/> it is the outer name, which may be a front for another.
    /// </summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// The application protocols that the client offers (ALPN), in its order; one that is no plain text is written in hexadecimal.
    /// </summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>The highest version that the client offers: 0x0304 is TLS 1.3.</summary>
    public required ushort Version { get; init; }

    /// <summary>The version in the message's own field, which is 0x0303 for TLS 1.3 too.</summary>
    public required ushort LegacyVersion { get; init; }

    /// <summary>The version of the first record, which is 0x0301 for most clients.</summary>
    public required ushort RecordVersion { get; init; }

    /// <summary>
    /// Whether there is an encrypted hello (ECH) within; browsers send one that means nothing too, and nobody can tell which it is.
    /// </summary>
    public bool OffersEncryptedHello { get; init; }

    /// <summary>Which signatures the client can verify; null: it was not asked for.</summary>
    public KeyAbilities? Abilities { get; init; }

    /// <summary>The length of the message, without the headers of its records; bytes.</summary>
    public int Length { get; init; }

    /// <summary>How many records the message is split over.</summary>
    public int Records { get; init; }

    /// <summary>For people who look for a fault.</summary>
    public override string ToString()
        => $"server name {ServerName ?? "none"}{(OffersEncryptedHello ? " (outer, encrypted hello offered)" : "")}, TLS up "
            + $"to {HelloVersion.Label(Version)}, "
            + $"protocols {(Protocols.Count == 0 ? "none" : string.Join(' ', Protocols))}, {Length} bytes in {Records} records";
}
