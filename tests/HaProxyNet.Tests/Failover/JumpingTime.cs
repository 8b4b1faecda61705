using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Failover;

/// <summary>
/// A clock whose hands can be set, as an administrator or a time server does it: the timestamps go on as if nothing had happened.
/// </summary>
internal sealed class JumpingTime : FakeTimeProvider
{
    private TimeSpan _set;

    /// <summary>Sets the clock on the wall forward, or back.</summary>
    public void Jump(TimeSpan by) => _set += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _set;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
