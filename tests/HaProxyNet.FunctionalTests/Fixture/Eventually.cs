using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>Waits on conditions. The bound is only there so that a broken proxy fails a test instead of hanging it.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns when the condition is true.</summary>
    public static Task TrueAsync(Func<bool> condition, string expected) => TrueAsync(() => Task.FromResult(condition()), () => expected);

    /// <summary>Turns a clock, one step a look, until the condition is true.</summary>
    public static Task TrueAsync(FakeTimeProvider time, TimeSpan step, Func<bool> condition, string expected)
        => TrueAsync(time, step, () => Task.FromResult(condition()), expected);

    /// <inheritdoc cref="TrueAsync(FakeTimeProvider, TimeSpan, Func{bool}, string)"/>
    public static Task TrueAsync(FakeTimeProvider time, TimeSpan step, Func<Task<bool>> condition, string expected) => TrueAsync(
        async () =>
        {
            var isTrue = await condition();
            if (!isTrue)
            {
                time.Advance(step);
            }

            return isTrue;
        },
        () => expected);

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
