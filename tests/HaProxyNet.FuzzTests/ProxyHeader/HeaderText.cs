using HaProxyNet.ProxyProtocol.Wire;

namespace HaProxyNet.FuzzTests.ProxyHeader;

/// <summary>What the parser or the reference says, as one line: they agree when the lines do.</summary>
internal static class HeaderText
{
    public static string Of(in ProxyHeaderResult result, ReadOnlySpan<byte> wire)
    {
        if (result.Status is not ProxyHeaderStatus.Complete)
        {
            return result.Status.ToString();
        }

        var header = result.Header;
        var tlvs = new List<string>();
        foreach (var tlv in header.Tlvs(wire))
        {
            tlvs.Add(Tlv((byte)tlv.Type, tlv.Value));
        }

        return Complete(
            header.Version,
            header.Command is ProxyCommand.Local,
            header.Addresses is { } known ? $"{known.Client} {known.Target}" : null,
            header.Length,
            tlvs);
    }

    public static string Complete(int version, bool isLocal, string? addresses, int length, IEnumerable<string> tlvs)
        => $"Complete v{version} {(isLocal ? "local" : "proxy")} {addresses ?? "none"} length={length} tlvs=[{string.Join(' ', tlvs)}]";

    public static string Tlv(byte type, ReadOnlySpan<byte> value) => $"{type:x2}:{Convert.ToHexStringLower(value)}";
}
