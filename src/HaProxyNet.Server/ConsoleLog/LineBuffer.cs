using System.Globalization;
using System.Text;

namespace HaProxyNet.Server.ConsoleLog;

/// <summary>Lines that wait to be written, as UTF-8. Bounded; not thread-safe.</summary>
/// <param name="capacity">The most that it holds, in bytes.</param>
internal sealed class LineBuffer(int capacity)
{
    private const int UsualSize = 32 * 1024;
    private const int SparseBatches = 100;
    private const int LongestTimestamp = 32;
    private const int UsualLine = 512;

    private byte[] _bytes = new byte[UsualSize];
    private int _length;
    private int _sparse;

    public bool IsEmpty => _length == 0;

    /// <summary>The whole lines in it.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Adds a line; false when there is no room for it.</summary>
    /// <param name="timestamp">The time to begin with; none: without.</param>
    /// <param name="prefix">What stands between time and message.</param>
    /// <param name="message">The message; what would break the line or the terminal becomes a space.</param>
    public bool TryAdd(DateTimeOffset? timestamp, ReadOnlySpan<byte> prefix, string message)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(message.Length);
        if (!TryBegin(timestamp, prefix, longest))
        {
            return false;
        }

        End(Encoding.UTF8.GetBytes(message, _bytes.AsSpan(_length)));
        return true;
    }

    /// <summary>Adds a line that writes itself; false when there is no room for it.</summary>
    /// <inheritdoc cref="TryAdd(DateTimeOffset?, ReadOnlySpan{byte}, string)"/>
    public bool TryAdd<T>(DateTimeOffset? timestamp, ReadOnlySpan<byte> prefix, in T message)
        where T : struct, IUtf8SpanFormattable
    {
        var start = _length;
        for (var room = UsualLine; TryBegin(timestamp, prefix, room); room *= 4)
        {
            if (message.TryFormat(_bytes.AsSpan(_length, room), out var written, default, CultureInfo.InvariantCulture))
            {
                End(written);
                return true;
            }

            _length = start;
        }

        return false;
    }

    private bool TryBegin(DateTimeOffset? timestamp, ReadOnlySpan<byte> prefix, int message)
    {
        if (!TryMakeRoom(LongestTimestamp + prefix.Length + message + 1))
        {
            return false;
        }

        if (timestamp is { } time && time.UtcDateTime.TryFormat(_bytes.AsSpan(_length), out _, "O", CultureInfo.InvariantCulture))
        {
            // The round-trip format is written ten times faster than a custom one; what it has beyond milliseconds is cut off.
            _length += "yyyy-MM-ddTHH:mm:ss.fff".Length;
            _bytes[_length++] = (byte)'Z';
        }

        prefix.CopyTo(_bytes.AsSpan(_length));
        _length += prefix.Length;
        return true;
    }

    /// <summary>Ends the line whose message was put behind its beginning.</summary>
    private void End(int message)
    {
        var text = _bytes.AsSpan(_length, message);
        for (var at = text.IndexOfAnyInRange((byte)0, (byte)31); at >= 0; at = text.IndexOfAnyInRange((byte)0, (byte)31))
        {
            text[at] = (byte)' ';
        }

        _length += message;
        _bytes[_length++] = (byte)'\n';
    }

    /// <summary>
    /// Forgets the lines. The memory is kept for the next ones: under load, growing again for each batch would cost a kilobyte a line. It is
    /// given back when many batches in a row have left most of it empty.
    /// </summary>
    public void Clear()
    {
        _sparse = _length < _bytes.Length / 4 ? _sparse + 1 : 0;
        _length = 0;
        if (_sparse >= SparseBatches && _bytes.Length > UsualSize)
        {
            _bytes = new byte[UsualSize];
            _sparse = 0;
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
