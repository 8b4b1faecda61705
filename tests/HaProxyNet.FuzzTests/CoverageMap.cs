using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace HaProxyNet.FuzzTests;

/// <summary>
/// Which branches of the parser have been taken, and how often, once SharpFuzz has put its counters into the assembly. One thread.
/// </summary>
internal sealed unsafe class CoverageMap : IDisposable
{
    private const int Size = 64 * 1024;

    private readonly byte* _now = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _ever = new byte[Size];
    private readonly IFuzzTarget _target;

    public CoverageMap(IFuzzTarget target)
    {
        Trace.SharedMem = _now;
        _target = target;
    }

    /// <summary>How many branches, in how many magnitudes of repetition, have been seen.</summary>
    public int Seen { get; private set; }

    /// <summary>Parses, and says whether a branch was taken that never was before, or more often than ever.</summary>
    public bool IsNews(ReadOnlySpan<byte> wire)
    {
        var counts = new Span<byte>(_now, Size);
        counts.Clear();
        Trace.PrevLocation = 0;
        _target.Parse(wire);
        var isNews = false;
        for (var at = counts.IndexOfAnyExcept((byte)0); at >= 0;)
        {
            var magnitude = (byte)(1 << Math.Min(7, (int)Math.Log2(counts[at])));
            if ((_ever[at] & magnitude) == 0)
            {
                _ever[at] |= magnitude;
                Seen++;
                isNews = true;
            }

            var next = counts[(at + 1)..].IndexOfAnyExcept((byte)0);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return isNews;
    }

    public void Dispose() => NativeMemory.Free(_now);
}
