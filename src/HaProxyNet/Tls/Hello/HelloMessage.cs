namespace HaProxyNet.Tls.Hello;

/// <summary>Reads the whole message: RFC 8446, section 4.1.2, and the older forms without extensions.</summary>
internal static class HelloMessage
{
    private const int RandomLength = 32;
    private const int LongestSessionId = 32;

    /// <summary>Reads it from its header to its last byte.</summary>
    public static HelloResult Read(ReadOnlySpan<byte> message, in HelloWalk walk, bool withAbilities)
    {
        var reader = new HelloReader(message[MessageHeader.HeaderLength..]);
        if (!reader.TryReadNumber(out var version))
        {
            return HelloResult.Failed(HelloFault.Length);
        }

        if (!HelloVersion.IsKnownFamily(version))
        {
            return HelloResult.Failed(HelloFault.Version);
        }

        if (!reader.TryReadBytes(RandomLength, out _)
            || !reader.TryReadShortList(out var session) || session.Length > LongestSessionId
            || !reader.TryReadList(out var ciphers) || ciphers.Length is 0 || ciphers.Length % 2 != 0
            || !reader.TryReadShortList(out var compressions) || compressions.IsEmpty)
        {
            return HelloResult.Failed(HelloFault.Length);
        }

        var extensions = ReadOnlySpan<byte>.Empty;
        if (!reader.IsAtEnd && (!reader.TryReadList(out extensions) || !reader.IsAtEnd))
        {
            return HelloResult.Failed(HelloFault.Length);
        }

        var found = default(HelloExtensions);
        var fault = found.Find(extensions);
        return fault is HelloFault.None
            ? Build(version, found, walk, withAbilities ? KeyAbilities.Read(ciphers, found) : null)
            : HelloResult.Failed(fault);
    }

    private static HelloResult Build(ushort version, in HelloExtensions found, in HelloWalk walk, KeyAbilities? abilities)
    {
        string? name = null;
        if (found.HasServerName && ServerNameList.Read(found.ServerName, out name) is var nameFault and not HelloFault.None)
        {
            return HelloResult.Failed(nameFault);
        }

        IReadOnlyList<string> protocols = [];
        if (found.HasProtocols && !ProtocolList.TryRead(found.Protocols, out protocols))
        {
            return HelloResult.Failed(HelloFault.Protocols);
        }

        var highest = Math.Min(version, HelloVersion.Tls12);
        if (found.HasVersions && !HelloVersion.TryReadHighest(found.Versions, ref highest))
        {
            return HelloResult.Failed(HelloFault.SupportedVersions);
        }

        return HelloResult.Complete(new ClientHello
        {
            ServerName = name,
            Protocols = protocols,
            Version = highest,
            LegacyVersion = version,
            RecordVersion = walk.RecordVersion,
            Abilities = abilities,
            OffersEncryptedHello = found.OffersEncryptedHello,
            Length = walk.Length,
            Records = walk.Records,
        });
    }
}
