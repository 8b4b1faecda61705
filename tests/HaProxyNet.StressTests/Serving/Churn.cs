namespace HaProxyNet.StressTests.Serving;

/// <summary>Lets one destination after the other stop to listen and come back, never both at once.</summary>
internal static class Churn
{
    /// <summary>Goes on until it is over; then all listen.</summary>
    public static async Task RunAsync(IReadOnlyList<StressDestination> destinations, int seed, CancellationToken over)
    {
        var random = new Random(seed);
        for (var turn = 0; !over.IsCancellationRequested; turn++)
        {
            var destination = destinations[turn % destinations.Count];
            await WaitAsync(random.Next(20, 400), over);
            destination.StopListening();
            await WaitAsync(random.Next(1, 400), over);
            destination.Listen();
        }
    }

    private static Task WaitAsync(int milliseconds, CancellationToken over)
        => Task.Delay(milliseconds, over).ContinueWith(_ => { }, TaskScheduler.Default);
}
