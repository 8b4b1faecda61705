namespace HaProxyNet.Tests.Simulator;

/// <summary>Waits for a condition, not for a time; the limit is only there to end a test that has failed.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    public static async Task HoldsAsync(Func<bool> condition, string what, Action? whileWaiting = null)
    {
        using var limit = new CancellationTokenSource(_limit);
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, $"{what}: not within {_limit}");
            whileWaiting?.Invoke();
            await Task.Delay(2);
        }
    }
}
