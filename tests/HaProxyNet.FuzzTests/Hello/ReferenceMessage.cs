using System.Text;
using System.Text.RegularExpressions;
using HaProxyNet.Tls.Hello;

namespace HaProxyNet.FuzzTests.Hello;

/// <summary>The message of the reference parser: what comes behind its four bytes of header.</summary>
internal static partial class ReferenceMessage
{
    public static ReferenceResult Parse(byte[] body)
    {
        var all = new Parts(body);
        if (all.Number() is not { } legacy || legacy / 256 != 3 || all.Take(32) is null
            || all.Short() is not { Length: <= 32 }
            || all.Long() is not { } ciphers || ciphers.Length == 0 || ciphers.Length % 2 == 1
            || all.Short() is not { Length: > 0 })
        {
            return ReferenceResult.Of(HelloStatus.Malformed);
        }

        var extensions = new List<(int Type, byte[] Content)>();
        if (!all.IsEnd)
        {
            if (all.Long() is not { } list || !all.IsEnd || Extensions(list) is not { } some)
            {
                return ReferenceResult.Of(HelloStatus.Malformed);
            }

            extensions = some;
        }

        byte[]? Find(int type) => extensions.Find(e => e.Type == type).Content;
        var name = Find(HelloModel.ServerNameType) is { } names ? Name(names) : (true, null);
        var protocols = Find(HelloModel.ProtocolsType) is { } offered ? Protocols(offered) : [];
        var version = Find(HelloModel.VersionsType) is { } versions ? Highest(versions, legacy) : Math.Min(legacy, 0x0303);
        return !name.IsFine || protocols is null || version is null
            ? ReferenceResult.Of(HelloStatus.Malformed)
            : new(
                HelloStatus.Complete, name.Name, string.Join(' ', protocols), (ushort)version, (ushort)legacy, 0,
                Find(HelloModel.EncryptedHelloType) is not null, 0, 0);
    }

    private static List<(int Type, byte[] Content)>? Extensions(byte[] list)
    {
        var found = new List<(int Type, byte[] Content)>();
        for (var parts = new Parts(list); !parts.IsEnd;)
        {
            if (parts.Number() is not { } type || parts.Long() is not { } content || found.Exists(e => e.Type == type))
            {
                return null;
            }

            found.Add((type, content));
        }

        return found;
    }

    private static (bool IsFine, string? Name) Name(byte[] extension)
    {
        var whole = new Parts(extension);
        if (whole.Long() is not { Length: > 0 } list || !whole.IsEnd)
        {
            return (false, null);
        }

        string? name = null;
        for (var parts = new Parts(list); !parts.IsEnd;)
        {
            if (parts.Take(1) is not [var type] || parts.Long() is not { Length: > 0 } bytes || (type == 0 && name is not null))
            {
                return (false, null);
            }

            name = type == 0 ? Encoding.Latin1.GetString(bytes) : name;
        }

        if (name is null)
        {
            return (true, null);
        }

        name = name[^1] == '.' ? name[..^1] : name;
        return name.Length <= 253 && DnsName().IsMatch(name) ? (true, name.ToLowerInvariant()) : (false, null);
    }

    private static List<string>? Protocols(byte[] extension)
    {
        var whole = new Parts(extension);
        if (whole.Long() is not { Length: > 0 } list || !whole.IsEnd)
        {
            return null;
        }

        var found = new List<string>();
        for (var parts = new Parts(list); !parts.IsEnd;)
        {
            if (parts.Short() is not { Length: > 0 } name)
            {
                return null;
            }

            if (name is not [0x0A or 0x1A or 0x2A or 0x3A or 0x4A or 0x5A or 0x6A or 0x7A or 0x8A or 0x9A or 0xAA or 0xBA or 0xCA or 0xDA
                or 0xEA or 0xFA, var second]
                || second != name[0])
            {
                found.Add(Array.TrueForAll(name, b => b is > 32 and < 127 && b != '"')
                    ? Encoding.Latin1.GetString(name)
                    : "0x" + Convert.ToHexString(name));
            }
        }

        return found;
    }

    private static int? Highest(byte[] extension, int legacy)
    {
        var whole = new Parts(extension);
        if (whole.Short() is not { Length: > 0 } list || !whole.IsEnd || list.Length % 2 == 1)
        {
            return null;
        }

        var known = list.Chunk(2).Where(v => v[0] == 3).Select(v => 0x0300 + v[1]).ToList();
        return known.Count == 0 ? Math.Min(legacy, 0x0303) : known.Max();
    }

    [GeneratedRegex(@"\A(?!-)[A-Za-z0-9_-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9_-]{1,63}(?<!-))*\z", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex DnsName();

    /// <summary>Takes pieces off the front of a copy; null when there is too little.</summary>
    private sealed class Parts(byte[] rest)
    {
        private byte[] _rest = rest;

        public bool IsEnd => _rest.Length == 0;

        public byte[]? Take(int count)
        {
            if (_rest.Length < count)
            {
                return null;
            }

            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }

        public int? Number() => Take(2) is [var high, var low] ? (high * 256) + low : null;

        public byte[]? Short() => Take(1) is [var length] ? Take(length) : null;

        public byte[]? Long() => Number() is { } length ? Take(length) : null;
    }
}
