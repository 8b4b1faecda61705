namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>Waits for a condition, not for a time; the limit only ends a test that has failed.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(10);

    public static Task HoldsAsync(Func<bool> condition, Func<string> what) => HoldsAsync(() => Task.FromResult(condition()), what);

    /// <param name="condition">What is waited for.</param>
    /// <param name="what">The same in words, for the failure.</param>
    /// <param name="look">The time between two looks, where a look costs what it looks at something.</param>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> what, TimeSpan? look = null)
    {
        using var limit = new CancellationTokenSource(_limit);
        while (!await condition())
        {
            if (limit.IsCancellationRequested)
            {
                Assert.Fail($"Not within {_limit.TotalSeconds} s: {what()}");
            }

            await Task.Delay(look ?? _look);
        }
    }
}
