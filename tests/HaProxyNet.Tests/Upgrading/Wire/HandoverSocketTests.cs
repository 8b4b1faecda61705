using System.Runtime.Versioning;
using HaProxyNet.Transport.Native;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Tests.Upgrading.Wire;

[SupportedOSPlatform("linux")]
public sealed class HandoverSocketTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly HandoverSocket _receiver;
    private readonly int _sender;

    public HandoverSocketTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the hand-over is Linux' own");
        var (ours, theirs) = DescriptorPassing.Pair();
        (_sender, _receiver) = (theirs, new HandoverSocket(ours, _patience));
    }

    [Fact]
    public async Task Receive_MessageOfManyFrames_IsWhole()
    {
        using var sender = new HandoverSocket(_sender, _patience);
        var payload = new byte[3 * HandoverFrame.MostPayload];
        Random.Shared.NextBytes(payload);
        var sending = Task.Run(() => sender.Send(HandoverKind.Metrics, payload), TestContext.Current.CancellationToken);

        var message = _receiver.Receive();

        Assert.Equal(payload, message!.Payload);
        await sending.WaitAsync(_patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Receive_MoreThanTheLongestMessage_IsRefusedAndNotGathered()
    {
        var sending = Task.Run(
            () =>
            {
                var frame = new byte[HandoverFrame.HeaderSize + HandoverFrame.MostPayload];
                for (uint sequence = 0; ; sequence++)
                {
                    HandoverFrame.Seal(frame, HandoverKind.Metrics, isLast: false, sequence, descriptors: 0);
                    if (!DescriptorPassing.Send(_sender, frame, []))
                    {
                        return;
                    }
                }
            },
            TestContext.Current.CancellationToken);

        var refused = Assert.Throws<HandoverException>(() => _receiver.Receive());

        Assert.Equal($"a message has more than {HandoverSocket.MostBytes} bytes", refused.Message);
        _receiver.Dispose();
        await sending.WaitAsync(_patience, TestContext.Current.CancellationToken);
        _ = Libc.Close(_sender);
    }

    [Fact]
    public void Receive_EndWithinAMessage_IsSaid()
    {
        var frame = new byte[HandoverFrame.HeaderSize + 8];
        HandoverFrame.Seal(frame, HandoverKind.State, isLast: false, sequence: 0, descriptors: 0);
        Assert.True(DescriptorPassing.Send(_sender, frame, []));
        _ = Libc.Close(_sender);

        var refused = Assert.Throws<HandoverException>(() => _receiver.Receive());

        Assert.Equal("the other process ended within a message", refused.Message);
    }

    [Fact]
    public void Receive_SameMessageTwice_TheSecondIsRefused()
    {
        var frame = new byte[HandoverFrame.HeaderSize + 8];
        HandoverFrame.Seal(frame, HandoverKind.Commit, isLast: true, sequence: 0, descriptors: 0);
        Assert.True(DescriptorPassing.Send(_sender, frame, []) && DescriptorPassing.Send(_sender, frame, []));
        Assert.Equal(HandoverKind.Commit, _receiver.Receive()!.Kind);

        var refused = Assert.Throws<HandoverException>(() => _receiver.Receive());

        Assert.Equal("message 0 came where 1 was due", refused.Message);
        _ = Libc.Close(_sender);
    }

    public void Dispose() => _receiver?.Dispose();
}
