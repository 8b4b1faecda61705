using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Unicode;

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
    public void Add(ReadOnlySpan<byte> name, IPEndPoint value)
    {
        if (Begin(name))
        {
            Added(TryWrite(_room[Written..], value, out var bytes), bytes);
        }
    }

    /// <summary>Writes an address and a port, an IPv6 address in brackets.</summary>
    public static bool TryWrite(Span<byte> room, IPEndPoint value, out int bytes)
    {
        var isBracketed = value.Address.AddressFamily is AddressFamily.InterNetworkV6;
        var before = isBracketed ? "["u8 : [];
        var between = isBracketed ? "]:"u8 : ":"u8;
        bytes = 0;
        if (!before.TryCopyTo(room) || !value.Address.TryFormat(room[before.Length..], out var address))
        {
            return false;
        }

        // An interpolated text would put each connection's port into a box of 24 bytes.
        var rest = room[(before.Length + address)..];
        if (!between.TryCopyTo(rest)
            || !value.Port.TryFormat(rest[between.Length..], out var port, default, CultureInfo.InvariantCulture))
        {
            return false;
        }

        bytes = before.Length + address + between.Length + port;
        return true;
    }

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
