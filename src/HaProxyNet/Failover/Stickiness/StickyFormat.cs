using System.Buffers.Binary;
using System.Security.Cryptography;
using HaProxyNet.State.Selecting;

namespace HaProxyNet.Failover.Stickiness;

/// <summary>
/// What the file of sticky clients looks like: a mark, when it was written, then by cluster the names of its destinations and its clients
/// (22 bytes each), and SHA-256 of all of it. A file that is cut short or changed is no such file.
/// </summary>
internal static class StickyFormat
{
    private const int HashBytes = SHA256.HashSizeInBytes;
    private const int KeyBytes = 16;

    /// <summary>The name and the version of the format.</summary>
    private static ReadOnlySpan<byte> Mark => "HPNSTKY1"u8;

    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(Stream stream, IReadOnlyDictionary<string, StickyClient[]> clusters, DateTimeOffset now)
    {
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var writer = new BinaryWriter(hashed))
        {
            writer.Write(Mark);
            writer.Write(now.ToUnixTimeSeconds());
            writer.Write(clusters.Count);
            foreach (var (name, clients) in clusters)
            {
                Write(writer, name, clients);
            }
        }

        stream.Write(hash.Hash!);
    }

    /// <summary>Reads it; the clients have aged since it was written.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or not whole.</exception>
    public static Dictionary<string, StickyClient[]> Read(byte[] content, DateTimeOffset now)
    {
        var body = content.AsSpan(0, Math.Max(0, content.Length - HashBytes));
        if (!body.StartsWith(Mark) || !SHA256.HashData(body).AsSpan().SequenceEqual(content.AsSpan(body.Length)))
        {
            throw new InvalidDataException("it is cut short, or no file of sticky clients");
        }

        using var reader = new BinaryReader(new MemoryStream(content, Mark.Length, body.Length - Mark.Length));
        var since = now - DateTimeOffset.FromUnixTimeSeconds(reader.ReadInt64());
        var clusters = new Dictionary<string, StickyClient[]>(StringComparer.OrdinalIgnoreCase);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            clusters[reader.ReadString()] = ReadClients(reader, since > TimeSpan.Zero ? since : TimeSpan.Zero);
        }

        return clusters;
    }

    private static void Write(BinaryWriter writer, string name, StickyClient[] clients)
    {
        string[] names = [.. clients.Select(client => client.Destination).Distinct(StringComparer.OrdinalIgnoreCase)];
        var numbers = names.Index().ToDictionary(entry => entry.Item, entry => (ushort)entry.Index, StringComparer.OrdinalIgnoreCase);
        writer.Write(name);
        writer.Write(names.Length);
        Array.ForEach(names, writer.Write);
        writer.Write(clients.Length);
        Span<byte> key = stackalloc byte[KeyBytes];
        foreach (var (client, destination, age) in clients)
        {
            BinaryPrimitives.WriteUInt128BigEndian(key, client.Address);
            writer.Write(key);
            writer.Write((uint)age.TotalSeconds);
            writer.Write(numbers[destination]);
        }
    }

    private static StickyClient[] ReadClients(BinaryReader reader, TimeSpan since)
    {
        var names = new string[reader.ReadInt32()];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = reader.ReadString();
        }

        var clients = new StickyClient[reader.ReadInt32()];
        Span<byte> key = stackalloc byte[KeyBytes];
        for (var i = 0; i < clients.Length; i++)
        {
            reader.BaseStream.ReadExactly(key);
            var age = TimeSpan.FromSeconds(reader.ReadUInt32()) + since;
            clients[i] = new(new ClientKey(BinaryPrimitives.ReadUInt128BigEndian(key)), names[reader.ReadUInt16()], age);
        }

        return clients;
    }
}
