using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Transport;

public sealed class AcknowledgementTests
{
    [Theory]
    [InlineData(100, 0, 0, false, 100)]
    [InlineData(100, 0, 30, false, 70)]
    [InlineData(100, 10, 30, false, 60)] // 10 of the counted bytes have not left the relay.
    [InlineData(100, 0, 1, true, 100)] // Only our FIN is on its way.
    [InlineData(100, 0, 101, true, 0)]
    [InlineData(100, 0, 160, false, 0)] // TLS: more is on the wire than the relay counts.
    [InlineData(100, 0, -1, false, Acknowledgement.Unknown)]
    public void Of_Queue_IsWhatThePeerHasForSure(long delivered, long held, int unacknowledged, bool hasFin, long expected)
        => Assert.Equal(expected, Acknowledgement.Of(delivered, held, unacknowledged, hasFin));
}
