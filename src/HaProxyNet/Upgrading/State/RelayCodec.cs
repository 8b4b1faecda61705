using System.Net;
using HaProxyNet.Connections;
using HaProxyNet.ProxyProtocol;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Upgrading.Wire;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Upgrading.State;

/// <summary>Open connections as the payload of a message; their descriptors travel next to it, in the same order. Pure.</summary>
internal static class RelayCodec
{
    /// <summary>Connections in one message: their descriptors must fit into one packet, and each has six at the most.</summary>
    public const int MostRelays = DescriptorPassing.MostDescriptors / 6;

    /// <summary>Describes a connection that is copied or held.</summary>
    public static HandedRelay Describe(HeldRelay held)
    {
        var connection = (ProxyConnection)held.Connection!;
        return new HandedRelay(held, connection.Listener.Name, connection.Cluster!.Name, connection.Destination!.Name)
        {
            Number = connection.Number.Value,
            Introduced = connection.Introduced,
            AcceptedAt = connection.AcceptedAt,
            ConnectedAt = connection.ConnectedAt,
            Attempts = connection.Attempts,
            Reason = connection.Reason,
            ServerName = connection.ServerName ?? "",
            TlsVersion = connection.TlsVersion ?? "",
        };
    }

    /// <summary>Writes connections down.</summary>
    public static byte[] Encode(IReadOnlyList<HandedRelay> relays)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(relays.Count);
        foreach (var handed in relays)
        {
            writer.Write(handed.Listener);
            writer.Write(handed.Cluster);
            writer.Write(handed.Destination);
            writer.Write(handed.Number);
            Write(writer, handed.Introduced);
            writer.Write(handed.AcceptedAt);
            writer.Write(handed.ConnectedAt);
            writer.Write(handed.Attempts);
            writer.Write((byte)handed.Reason);
            writer.Write(handed.ServerName);
            writer.Write(handed.TlsVersion);
            writer.Write(handed.Relay.LastByteAt);
            writer.Write(handed.Relay.Client.Address.ToString());
            writer.Write(handed.Relay.Destination.Address.ToString());
            handed.Relay.State.Save(writer);
            DirectionCodec.Write(writer, handed.Relay.FromClient);
            DirectionCodec.Write(writer, handed.Relay.FromDestination);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="HandoverException">It is not what <see cref="Encode"/> writes, or descriptors are missing.</exception>
    public static IReadOnlyList<HandedRelay> Decode(HandoverMessage message)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(message.Payload));
            var descriptors = new Queue<int>(message.Descriptors);
            var count = reader.ReadInt32();
            if (count is < 0 or > MostRelays)
            {
                throw new HandoverException($"a message has {count} connections; {MostRelays} is the most");
            }

            var relays = new List<HandedRelay>(count);
            for (var i = 0; i < count; i++)
            {
                relays.Add(ReadOne(reader, descriptors));
            }

            return descriptors.Count == 0 && reader.BaseStream.Position == reader.BaseStream.Length
                ? relays
                : throw new HandoverException("a message of connections has more in it than they need");
        }
        catch (Exception fault) when (fault is IOException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new HandoverException($"a message of connections cannot be read ({fault.Message.TrimEnd('.')})");
        }
    }

    private static HandedRelay ReadOne(BinaryReader reader, Queue<int> descriptors)
    {
        var (listener, cluster, destination) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var (number, introduced) = (reader.ReadInt64(), ReadIntroduced(reader));
        var (acceptedAt, connectedAt) = (reader.ReadInt64(), reader.ReadInt64());
        var (attempts, reason) = (reader.ReadInt32(), (ChoiceReason)reader.ReadByte());
        var (serverName, tlsVersion) = (reader.ReadString(), reader.ReadString());
        var lastByteAt = reader.ReadInt64();
        var (client, server) = (IPEndPoint.Parse(reader.ReadString()), IPEndPoint.Parse(reader.ReadString()));
        var state = RelayState.Load(reader);
        var (clientSocket, serverSocket) = (descriptors.Dequeue(), descriptors.Dequeue());
        var fromClient = DirectionCodec.Read(reader, descriptors);
        var fromDestination = DirectionCodec.Read(reader, descriptors);
        var relay = new HeldRelay(state, lastByteAt, new(clientSocket, client), new(serverSocket, server), fromClient, fromDestination);
        return new HandedRelay(relay, listener, cluster, destination)
        {
            Number = number,
            Introduced = introduced,
            AcceptedAt = acceptedAt,
            ConnectedAt = connectedAt,
            Attempts = attempts,
            Reason = reason,
            ServerName = serverName,
            TlsVersion = tlsVersion,
        };
    }

    private static void Write(BinaryWriter writer, IntroducedClient? introduced)
    {
        writer.Write(introduced?.Client.ToString() ?? "");
        if (introduced is not null)
        {
            writer.Write(introduced.Target.ToString());
            writer.Write(introduced.Tlvs.Length);
            writer.Write(introduced.Tlvs);
        }
    }

    private static IntroducedClient? ReadIntroduced(BinaryReader reader)
    {
        if (reader.ReadString() is not { Length: > 0 } client)
        {
            return null;
        }

        var target = reader.ReadString();
        return reader.ReadInt32() is >= 0 and <= IntroducedClient.MostTlvs and var length
            && reader.ReadBytes(length) is var tlvs
            && tlvs.Length == length
            ? new IntroducedClient(IPEndPoint.Parse(client), IPEndPoint.Parse(target), tlvs)
            : throw new EndOfStreamException("what a PROXY header has said is missing");
    }
}
