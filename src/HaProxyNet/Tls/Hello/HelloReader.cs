using System.Buffers.Binary;

namespace HaProxyNet.Tls.Hello;

/// <summary>
/// Reads numbers and lists with a length in front, as TLS writes them. A read that does not fit is false, and takes nothing.
/// </summary>
internal ref struct HelloReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    public bool TryReadByte(out byte value)
    {
        var isThere = TryReadBytes(1, out var bytes);
        value = isThere ? bytes[0] : (byte)0;
        return isThere;
    }

    public bool TryReadNumber(out ushort value)
    {
        var isThere = TryReadBytes(2, out var bytes);
        value = isThere ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;
        return isThere;
    }

    public bool TryReadBytes(int count, out ReadOnlySpan<byte> bytes)
    {
        if (_rest.Length < count)
        {
            bytes = default;
            return false;
        }

        bytes = _rest[..count];
        _rest = _rest[count..];
        return true;
    }

    /// <summary>A list whose length is one byte.</summary>
    public bool TryReadShortList(out ReadOnlySpan<byte> list)
    {
        list = default;
        return TryReadByte(out var length) && TryReadBytes(length, out list);
    }

    /// <summary>A list whose length is two bytes.</summary>
    public bool TryReadList(out ReadOnlySpan<byte> list)
    {
        list = default;
        return TryReadNumber(out var length) && TryReadBytes(length, out list);
    }
}
