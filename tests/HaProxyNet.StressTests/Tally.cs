namespace HaProxyNet.StressTests;

/// <summary>Counts, and tells of each fault so that it can be repeated. Any thread.</summary>
internal sealed class Tally(string engine, int seed)
{
    /// <summary>Faults that are printed; a proxy that is broken through and through would print without end.</summary>
    private const int Printed = 50;

    private long _connections;
    private long _bytes;
    private long _mismatches;
    private long _wrongEnds;
    private long _leaks;

    /// <summary>What was counted so far.</summary>
    public StressResult Result => new(
        Interlocked.Read(ref _connections),
        Interlocked.Read(ref _bytes),
        Interlocked.Read(ref _mismatches),
        Interlocked.Read(ref _wrongEnds),
        Interlocked.Read(ref _leaks));

    /// <summary>A life was played to its end.</summary>
    public void Lived() => Interlocked.Increment(ref _connections);

    /// <summary>Bytes arrived as they were sent.</summary>
    public void Verified(int count) => Interlocked.Add(ref _bytes, count);

    /// <summary>Bytes arrived that were not sent.</summary>
    public void Mismatch(string what) => Tell(Interlocked.Increment(ref _mismatches), "MISMATCH", what);

    /// <summary>A connection ended as it should not have, or not at all.</summary>
    public void WrongEnd(string what) => Tell(Interlocked.Increment(ref _wrongEnds), "WRONG END", what);

    /// <summary>Something was left over.</summary>
    public void Leaked(int count, string what)
    {
        if (count > 0)
        {
            Interlocked.Add(ref _leaks, count);
            Tell(1, "LEAK", $"{count} {what}");
        }
    }

    private void Tell(long number, string kind, string what)
    {
        if (number <= Printed)
        {
            Console.WriteLine($"{kind}: {what} (--engine {engine} --seed {seed})");
        }
    }
}
