using System.Globalization;
using System.Text;

namespace HaProxyNet.Server.Logging.Records;

/// <summary>
/// Records that wait to be written, as bytes, one behind the other. Bounded: a record that finds no room is taken out again as a whole. Not
/// thread-safe.
/// </summary>
/// <param name="capacity">The most that it holds, in bytes.</param>
internal sealed class RecordBuffer(int capacity)
{
    private const int UsualSize = 32 * 1024;
    private const int UsualRecords = 128;
    private const int SparseBatches = 100;

    private byte[] _bytes = new byte[UsualSize];
    private int[] _ends = new int[UsualRecords];
    private int _length;
    private int _sparse;
    private bool _isFull;

    /// <summary>How many whole records are in it.</summary>
    public int Count { get; private set; }

    public bool IsEmpty => Count == 0;

    /// <summary>The whole records.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, End(Count - 1));

    /// <summary>Where the next byte goes.</summary>
    public int Mark => _length;

    /// <summary>A record.</summary>
    public ReadOnlySpan<byte> this[int record] => _bytes.AsSpan(End(record - 1)..End(record));

    /// <summary>What was added since a mark, to be changed in place.</summary>
    public Span<byte> Since(int mark) => _bytes.AsSpan(mark.._length);

    /// <summary>Ends a record; false when there was no room for all of it, and nothing of it is left.</summary>
    public bool TryEnd()
    {
        if (_isFull)
        {
            _length = End(Count - 1);
            _isFull = false;
            return false;
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * Count);
        }

        _ends[Count++] = _length;
        return true;
    }

    /// <summary>Room for so many bytes; empty when there is none.</summary>
    public Span<byte> Room(int bytes) => TryMakeRoom(bytes) ? _bytes.AsSpan(_length, bytes) : [];

    /// <summary>Bytes were put into the room.</summary>
    public void Advance(int bytes) => _length += bytes;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (TryMakeRoom(bytes.Length))
        {
            bytes.CopyTo(_bytes.AsSpan(_length));
            _length += bytes.Length;
        }
    }

    /// <summary>Adds a text as UTF-8.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (TryMakeRoom(Encoding.UTF8.GetMaxByteCount(text.Length)))
        {
            _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
        }
    }

    /// <summary>Adds a value in its invariant form.</summary>
    public void AddValue<T>(T value)
        where T : IUtf8SpanFormattable
    {
        const int Longest = 64;
        if (TryMakeRoom(Longest) && value.TryFormat(_bytes.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture))
        {
            _length += written;
        }
    }

    /// <summary>Adds a time, to the millisecond.</summary>
    public void AddTime(DateTimeOffset time)
    {
        const int Longest = 32;
        if (TryMakeRoom(Longest) && time.UtcDateTime.TryFormat(_bytes.AsSpan(_length), out _, "O", CultureInfo.InvariantCulture))
        {
            // The round-trip format is written ten times faster than a custom one; what it has beyond milliseconds is cut off.
            _length += "yyyy-MM-ddTHH:mm:ss.fff".Length;
            _bytes[_length++] = (byte)'Z';
        }
    }

    /// <summary>
    /// Forgets the records. The memory is kept for the next ones: under load, growing again for each batch would cost a kilobyte a record.
    /// It is given back when many batches in a row have left most of it empty.
    /// </summary>
    public void Clear()
    {
        _sparse = _length < _bytes.Length / 4 ? _sparse + 1 : 0;
        (_length, Count, _isFull) = (0, 0, false);
        if (_sparse >= SparseBatches && _bytes.Length > UsualSize)
        {
            (_bytes, _ends, _sparse) = (new byte[UsualSize], new int[UsualRecords], 0);
        }
    }

    private int End(int record) => record < 0 ? 0 : _ends[record];

    private bool TryMakeRoom(int bytes)
    {
        var needed = (long)_length + bytes;
        if (_isFull || needed > capacity)
        {
            _isFull = true;
            return false;
        }

        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(capacity, Math.Max(needed, 2L * _bytes.Length)));
        }

        return true;
    }
}
