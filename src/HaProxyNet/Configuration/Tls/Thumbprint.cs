namespace HaProxyNet.Configuration.Tls;

/// <summary>A certificate's digest as operators write it: hexadecimal, with or without colons and spaces.</summary>
internal static class Thumbprint
{
    /// <summary>Hexadecimal digits of a SHA-256 digest.</summary>
    public const int Sha256Length = 64;

    /// <summary>Hexadecimal digits of a SHA-1 digest.</summary>
    public const int Sha1Length = 40;

    /// <summary>
    /// Capital hexadecimal digits alone. The Windows console puts an invisible mark before the first one when it is copied.
    /// </summary>
    public static string Normalize(string text)
        => string.Concat(text.Where(c => c is not (':' or ' ' or '-' or '\u200e'))).ToUpperInvariant();

    /// <summary>Whether the text is a digest of so many digits.</summary>
    public static bool IsValid(string text, int digits)
        => Normalize(text) is var plain && plain.Length == digits && plain.All(char.IsAsciiHexDigit);
}
