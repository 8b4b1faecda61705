namespace HaProxyNet.Tls.Hello;

/// <summary>The numbers of versions, and the words for them.</summary>
internal static class HelloVersion
{
    public const ushort Ssl3 = 0x0300;
    public const ushort Tls12 = 0x0303;
    public const ushort Tls13 = 0x0304;

    private const int Family = 0x03;

    /// <summary>Whether a number is one of SSL 3 or TLS, present or to come; drafts and made-up ones (GREASE) are not.</summary>
    public static bool IsKnownFamily(ushort version) => version >> 8 == Family;

    /// <summary>
    /// The highest version in the extension that offers them; what it was before when all are drafts or made up. False for a list that is
    /// empty or broken.
    /// </summary>
    public static bool TryReadHighest(ReadOnlySpan<byte> extension, ref ushort highest)
    {
        var reader = new HelloReader(extension);
        if (!reader.TryReadShortList(out var list) || list.IsEmpty || list.Length % 2 != 0 || !reader.IsAtEnd)
        {
            return false;
        }

        ushort found = 0;
        var versions = new HelloReader(list);
        while (versions.TryReadNumber(out var version))
        {
            found = IsKnownFamily(version) && version > found ? version : found;
        }

        highest = found == 0 ? highest : found;
        return true;
    }

    /// <summary>The word in logs and metrics: <c>1.3</c>.</summary>
    public static string Label(ushort version) => version switch
    {
        Ssl3 => "ssl3",
        0x0301 => "1.0",
        0x0302 => "1.1",
        Tls12 => "1.2",
        Tls13 => "1.3",
        _ => "other",
    };
}
