using System.Text;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>Application protocols as they are on the wire: each with its length before it (RFC 7301, 3.1).</summary>
internal static class AlpnNames
{
    /// <summary>The names are known to be no longer than a length can say.</summary>
    public static byte[] Encode(IEnumerable<string> names)
        => [.. names.Select(Encoding.UTF8.GetBytes).SelectMany(name => (byte[])[(byte)name.Length, .. name])];
}
