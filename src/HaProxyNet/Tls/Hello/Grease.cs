namespace HaProxyNet.Tls.Hello;

/// <summary>Values that mean nothing and are sent so that servers stay tolerant: RFC 8701.</summary>
internal static class Grease
{
    /// <summary>Two equal bytes that end in A: 0x0A0A, 0x1A1A … 0xFAFA.</summary>
    public static bool Is(byte high, byte low) => high == low && (low & 0x0F) == 0x0A;
}
