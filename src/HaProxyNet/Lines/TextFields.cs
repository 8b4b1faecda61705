using System.Globalization;
using System.Text.Unicode;
using HaProxyNet.Transport;

namespace HaProxyNet.Lines;

/// <summary>Writes fields as <c>name=value</c>, with spaces between them.</summary>
/// <param name="room">Where they are written to.</param>
internal ref struct TextFields(Span<byte> room) : IFieldWriter
{
    private readonly Span<byte> _room = room;

    /// <summary>The bytes written.</summary>
    public int Written { get; private set; }

    /// <summary>Whether there was no room for a field.</summary>
    public bool IsShort { get; private set; }

    /// <inheritdoc/>
    public readonly bool WantsEverything => false;

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> name, string value)
    {
        if (Begin(name))
        {
            Added(Utf8.TryWrite(_room[Written..], CultureInfo.InvariantCulture, $"{value}", out var bytes), bytes);
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> name, long value) => AddFormatted(name, value);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> name, ConnectionNumber value) => AddFormatted(name, value);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> name, LoggedMilliseconds value) => AddFormatted(name, value);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> name, PeerAddress value) => AddFormatted(name, value);

    private void AddFormatted<T>(ReadOnlySpan<byte> name, T value)
        where T : struct, IUtf8SpanFormattable
    {
        if (Begin(name))
        {
            Added(value.TryFormat(_room[Written..], out var bytes, default, CultureInfo.InvariantCulture), bytes);
        }
    }

    private bool Begin(ReadOnlySpan<byte> name)
    {
        var isFirst = Written == 0;
        IsShort |= _room.Length - Written < name.Length + (isFirst ? 1 : 2);
        if (IsShort)
        {
            return false;
        }

        if (!isFirst)
        {
            _room[Written++] = (byte)' ';
        }

        name.CopyTo(_room[Written..]);
        Written += name.Length;
        _room[Written++] = (byte)'=';
        return true;
    }

    private void Added(bool hasRoom, int bytes)
    {
        IsShort |= !hasRoom;
        Written += hasRoom ? bytes : 0;
    }
}
