using System.Buffers.Binary;
using HaProxyNet.Machine;

namespace HaProxyNet.Upgrading.Wire;

/// <summary>
/// A message on the wire is one or more frames, each a packet of its own: a header of 24 bytes and a piece of the payload. What is not as
/// it must be is refused: another program, another version, a piece that is missing, doubled, changed or cut. Pure.
/// </summary>
internal static class HandoverFrame
{
    /// <summary>Raised when a message changes its form. Processes of different versions hand over their listening sockets only.</summary>
    public const ushort Version = 1;

    /// <summary>Bytes before the payload.</summary>
    public const int HeaderSize = 24;

    /// <summary>The most payload of one frame: well below the smallest buffer that a system gives a Unix socket.</summary>
    public const int MostPayload = 48 * 1024;

    private const uint Magic = 0x5548_5048;

    /// <summary>Writes a header; the payload stands behind it already.</summary>
    public static void Seal(Span<byte> frame, HandoverKind kind, bool isLast, uint sequence, int descriptors)
    {
        var payload = frame[HeaderSize..];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(frame[4..], Version);
        frame[6] = (byte)kind;
        frame[7] = isLast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], sequence);
        BinaryPrimitives.WriteInt32LittleEndian(frame[12..], payload.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame[16..], descriptors);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[20..], Crc32C.Of(frame[..20], payload));
    }

    /// <summary>Reads a header, and checks the frame.</summary>
    /// <param name="frame">The packet as it was received.</param>
    /// <param name="sequence">The number that the frame must have.</param>
    /// <param name="descriptors">How many descriptors came with it.</param>
    /// <exception cref="HandoverException">The frame is not as it must be.</exception>
    public static (HandoverKind Kind, bool IsLast) Open(ReadOnlySpan<byte> frame, uint sequence, int descriptors)
    {
        if (frame.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(frame) != Magic)
        {
            throw new HandoverException("what came is no message of a hand-over");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(frame[4..]) is var version and not Version)
        {
            throw new HandoverException($"the other process hands over in form {version}, this one in form {Version}");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(frame[12..]) != frame.Length - HeaderSize
            || BinaryPrimitives.ReadUInt32LittleEndian(frame[20..]) != Crc32C.Of(frame[..20], frame[HeaderSize..]))
        {
            throw new HandoverException("a message was cut or changed on its way");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]) is var number && number != sequence)
        {
            throw new HandoverException($"message {number} came where {sequence} was due");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(frame[16..]) is var sent && sent != descriptors)
        {
            throw new HandoverException(
                $"{sent} descriptors were sent and {descriptors} came: this process has nearly as many files open as it may");
        }

        return ((HandoverKind)frame[6], frame[7] == 1);
    }
}
