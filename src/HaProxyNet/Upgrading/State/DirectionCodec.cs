using HaProxyNet.Transport.Handover;

namespace HaProxyNet.Upgrading.State;

/// <summary>One direction of a connection as a part of a payload. Pure.</summary>
internal static class DirectionCodec
{
    /// <summary>Writes it down; the descriptors of its pipe travel next to the payload.</summary>
    public static void Write(BinaryWriter writer, HeldDirection direction)
    {
        writer.Write(direction.HasEnded);
        writer.Write(direction.Piped);
        writer.Write(direction.Left.Length);
        writer.Write(direction.Left);
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="EndOfStreamException">There is less.</exception>
    /// <exception cref="InvalidOperationException">Descriptors are missing.</exception>
    public static HeldDirection Read(BinaryReader reader, Queue<int> descriptors)
    {
        var hasEnded = reader.ReadBoolean();
        var piped = reader.ReadInt32();
        var length = reader.ReadInt32();
        var isThere = piped >= 0 && length >= 0 && length <= reader.BaseStream.Length - reader.BaseStream.Position;
        var left = isThere ? reader.ReadBytes(length) : [];
        return !isThere
            ? throw new EndOfStreamException("bytes of a connection are missing")
            : new HeldDirection(hasEnded, left, piped, piped > 0 ? descriptors.Dequeue() : -1, piped > 0 ? descriptors.Dequeue() : -1);
    }
}
