using HaProxyNet.Transport.Teardown;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Upgrading.State;

/// <summary>What has happened on connections as the payload of a message; descriptors of pipes travel next to it, in order. Pure.</summary>
internal static class ChangeCodec
{
    /// <summary>Changes in one message: their descriptors must fit into one packet, and each has four at the most.</summary>
    public const int MostChanges = DescriptorPassing.MostDescriptors / 4;

    /// <summary>Writes changes down.</summary>
    public static byte[] Encode(IReadOnlyList<RelayChange> changes)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(changes.Count);
        foreach (var change in changes)
        {
            writer.Write(change.Number);
            writer.Write(change.LastByteAt);
            change.State.Save(writer);
            DirectionCodec.Write(writer, change.FromClient);
            DirectionCodec.Write(writer, change.FromDestination);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="HandoverException">It is not what <see cref="Encode"/> writes, or descriptors are missing.</exception>
    public static IReadOnlyList<RelayChange> Decode(HandoverMessage message)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(message.Payload));
            var descriptors = new Queue<int>(message.Descriptors);
            var count = reader.ReadInt32();
            if (count is < 0 or > MostChanges)
            {
                throw new HandoverException($"a message has changes of {count} connections; {MostChanges} is the most");
            }

            var changes = new List<RelayChange>(count);
            for (var i = 0; i < count; i++)
            {
                changes.Add(ReadOne(reader, descriptors));
            }

            return descriptors.Count == 0 && reader.BaseStream.Position == reader.BaseStream.Length
                ? changes
                : throw new HandoverException("a message of changes has more in it than they need");
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or ArgumentException)
        {
            throw new HandoverException($"a message of changes cannot be read ({fault.Message.TrimEnd('.')})");
        }
    }

    private static RelayChange ReadOne(BinaryReader reader, Queue<int> descriptors)
    {
        var (number, lastByteAt) = (reader.ReadInt64(), reader.ReadInt64());
        var state = RelayState.Load(reader);
        return new RelayChange(
            number, state, lastByteAt, DirectionCodec.Read(reader, descriptors), DirectionCodec.Read(reader, descriptors));
    }
}
