using System.Diagnostics;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>Waits on conditions. The bound is only there so that a broken proxy fails a test instead of hanging it.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns when the condition is true.</summary>
    public static Task TrueAsync(Func<bool> condition, string expected) => TrueAsync(() => Task.FromResult(condition()), () => expected);

    /// <summary>Returns when the condition is true; the text is asked for when it never was.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> expected)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > Bound)
            {
                Assert.Fail($"Never became true: {expected()}");
            }

            await Task.Delay(_look);
        }
    }
}
