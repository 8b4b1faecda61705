namespace HaProxyNet.Tls.Hello;

/// <summary>Finds the extensions that matter here, and that none is there twice.</summary>
internal ref struct HelloExtensions
{
    private const ushort ServerNameType = 0;
    private const ushort GroupsType = 10;
    private const ushort SchemesType = 13;
    private const ushort ProtocolsType = 16;
    private const ushort VersionsType = 43;
    private const ushort EncryptedHelloType = 0xFE0D;

    /// <summary>Whether there is a list of server names: <see cref="ServerName"/>.</summary>
    public bool HasServerName { get; private set; }

    public ReadOnlySpan<byte> ServerName { get; private set; }

    /// <summary>Whether there is a list of application protocols: <see cref="Protocols"/>.</summary>
    public bool HasProtocols { get; private set; }

    public ReadOnlySpan<byte> Protocols { get; private set; }

    /// <summary>Whether there is a list of versions: <see cref="Versions"/>.</summary>
    public bool HasVersions { get; private set; }

    public ReadOnlySpan<byte> Versions { get; private set; }

    public bool OffersEncryptedHello { get; private set; }

    /// <summary>The signature schemes; empty: there are none.</summary>
    public ReadOnlySpan<byte> Schemes { get; private set; }

    /// <summary>The groups; empty: there are none.</summary>
    public ReadOnlySpan<byte> Groups { get; private set; }

    /// <summary>Goes through all extensions of a message; none is fine.</summary>
    public HelloFault Find(ReadOnlySpan<byte> extensions)
    {
        // A bit for each type: a hello of 16 KB can hold four thousand of them.
        Span<ulong> seen = stackalloc ulong[(ushort.MaxValue + 1) / 64];
        var reader = new HelloReader(extensions);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadNumber(out var type) || !reader.TryReadList(out var content))
            {
                return HelloFault.Length;
            }

            var bit = 1UL << (type % 64);
            if ((seen[type / 64] & bit) != 0)
            {
                return HelloFault.DuplicateExtension;
            }

            seen[type / 64] |= bit;
            Keep(type, content);
        }

        return HelloFault.None;
    }

    private void Keep(ushort type, ReadOnlySpan<byte> content)
    {
        switch (type)
        {
            case ServerNameType:
                HasServerName = true;
                ServerName = content;
                break;
            case ProtocolsType:
                HasProtocols = true;
                Protocols = content;
                break;
            case VersionsType:
                HasVersions = true;
                Versions = content;
                break;
            case SchemesType:
                Schemes = content;
                break;
            case GroupsType:
                Groups = content;
                break;
            case EncryptedHelloType:
                OffersEncryptedHello = true;
                break;
            default:
                // Whatever else there is, made-up types (GREASE) among it, is for the server.
                break;
        }
    }
}
