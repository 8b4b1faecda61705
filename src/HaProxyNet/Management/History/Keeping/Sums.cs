namespace HaProxyNet.Management.History.Keeping;

/// <summary>Sums by name, out of counters that only grow. Pure.</summary>
internal static class Sums
{
    /// <summary>What came between two moments, without zeros; null: nothing.</summary>
    public static Dictionary<string, long>? Between(long[] now, long[] before, Func<int, string> label)
    {
        Dictionary<string, long>? sums = null;
        for (var i = 0; i < now.Length; i++)
        {
            if (now[i] - before[i] is > 0 and var count)
            {
                (sums ??= [])[label(i)] = count;
            }
        }

        return sums;
    }
}
