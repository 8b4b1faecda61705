namespace HaProxyNet.State.Selecting;

/// <summary>
/// Names of destinations as numbers of two bytes, from 1. They are few, and none is ever taken back. Any thread; reading takes no lock.
/// </summary>
internal sealed class StickyNames
{
    private readonly Lock _gate = new();
    private string[] _names = [];

    public string this[ushort number] => Volatile.Read(ref _names)[number - 1];

    /// <summary>The number of a name; 0 when there are no more numbers.</summary>
    public ushort NumberOf(string name)
    {
        if (Find(name) is > 0 and var known)
        {
            return known;
        }

        lock (_gate)
        {
            if (Find(name) is > 0 and var added)
            {
                return added;
            }

            if (_names.Length == ushort.MaxValue)
            {
                return 0;
            }

            Volatile.Write(ref _names, [.. _names, name]);
            return (ushort)_names.Length;
        }
    }

    private ushort Find(string name)
        => (ushort)(Array.FindIndex(Volatile.Read(ref _names), known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            + 1);
}
