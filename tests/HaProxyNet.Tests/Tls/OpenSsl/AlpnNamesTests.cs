using HaProxyNet.Tls.OpenSsl;

namespace HaProxyNet.Tests.Tls.OpenSsl;

public sealed class AlpnNamesTests
{
    [Fact]
    public void Encode_Names_EachWithItsLength()
        => Assert.Equal("\u0002h2\u0008http/1.1"u8.ToArray(), AlpnNames.Encode(["h2", "http/1.1"]));

    [Fact]
    public void Encode_None_Nothing() => Assert.Empty(AlpnNames.Encode([]));
}
