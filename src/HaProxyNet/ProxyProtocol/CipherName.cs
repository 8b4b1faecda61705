namespace HaProxyNet.ProxyProtocol;

/// <summary>
/// The name of a cipher suite as the PROXY protocol writes it: OpenSSL's. Those of TLS 1.3 are IANA's as well; the ones before are made of
/// the same parts, in other words. Pure.
/// </summary>
internal static class CipherName
{
    private const string Prefix = "TLS_";
    private const string With = "_WITH_";

    /// <summary>The name for a suite's IANA name.</summary>
    public static string Of(string iana)
    {
        if (!iana.StartsWith(Prefix, StringComparison.Ordinal) || iana.Split(With) is not [var exchange, var cipher])
        {
            return iana;
        }

        var keys = exchange[Prefix.Length..].Replace('_', '-');
        var words = cipher
            .Replace("AES_", "AES", StringComparison.Ordinal)
            .Replace("_CBC", "", StringComparison.Ordinal)
            .Replace("POLY1305_SHA256", "POLY1305", StringComparison.Ordinal)
            .Replace('_', '-');

        // The oldest exchange of keys is the one that OpenSSL does not name.
        return keys == "RSA" ? words : $"{keys}-{words}";
    }
}
