using System.Globalization;
using System.Text;

namespace HaProxyNet.Server.ConsoleLog;

/// <summary>Lines that wait to be written, as UTF-8. Bounded; not thread-safe.</summary>
/// <param name="capacity">The most that it holds, in bytes.</param>
internal sealed class LineBuffer(int capacity)
{
    private const int UsualSize = 32 * 1024;
    private const int LongestTimestamp = 32;

    private byte[] _bytes = new byte[UsualSize];
    private int _length;

    public bool IsEmpty => _length == 0;

    /// <summary>The whole lines in it.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Adds a line; false when there is no room for it.</summary>
    /// <param name="timestamp">The time to begin with; none: without.</param>
    /// <param name="prefix">What stands between time and message.</param>
    /// <param name="message">The message; what would break the line or the terminal becomes a space.</param>
    public bool TryAdd(DateTimeOffset? timestamp, ReadOnlySpan<byte> prefix, string message)
    {
        if (!TryMakeRoom(LongestTimestamp + prefix.Length + Encoding.UTF8.GetMaxByteCount(message.Length) + 1))
        {
            return false;
        }

        if (timestamp is { } time && time.TryFormat(_bytes.AsSpan(_length), out var digits, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture))
        {
            _length += digits;
        }

        prefix.CopyTo(_bytes.AsSpan(_length));
        _length += prefix.Length;
        var text = _bytes.AsSpan(_length, Encoding.UTF8.GetBytes(message, _bytes.AsSpan(_length)));
        for (var at = text.IndexOfAnyInRange((byte)0, (byte)31); at >= 0; at = text.IndexOfAnyInRange((byte)0, (byte)31))
        {
            text[at] = (byte)' ';
        }

        _length += text.Length;
        _bytes[_length++] = (byte)'\n';
        return true;
    }

    /// <summary>Forgets the lines, and the memory that a burst took.</summary>
    public void Clear()
    {
        _length = 0;
        if (_bytes.Length > UsualSize)
        {
            _bytes = new byte[UsualSize];
        }
    }

    private bool TryMakeRoom(int bytes)
    {
        var needed = _length + bytes;
        if (needed > capacity)
        {
            return false;
        }

        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(capacity, Math.Max(needed, 2 * _bytes.Length)));
        }

        return true;
    }
}
