using System.Buffers.Binary;

namespace HaProxyNet.Tls.Hello;

/// <summary>The records that a hello comes in: one as a rule, more for a long one, and many from a peer that means no good.</summary>
internal static class HelloRecords
{
    /// <summary>Type, version and length; bytes.</summary>
    public const int HeaderLength = 5;

    private const int LongestRecord = 16 * 1024;

    /// <summary>Looks how far the message has come, record by record, and stops at the first thing that is wrong.</summary>
    public static HelloWalk Walk(ReadOnlySpan<byte> wire)
    {
        var look = FirstBytes.Look(wire);
        if (look != default)
        {
            return look;
        }

        var message = new MessageHeader();
        var at = 0;
        for (var records = 1; ; records++)
        {
            var rest = wire[at..];
            if (FaultOfHeader(rest) is var fault and not HelloFault.None)
            {
                return HelloWalk.Failed(fault);
            }

            if (rest.Length < HeaderLength)
            {
                return HelloWalk.NeedMore(at + HeaderLength + (records == 1 ? 0 : message.Missing));
            }

            var length = LengthOf(rest);
            var there = rest[HeaderLength..];
            fault = message.Take(there.Length < length ? there : there[..length]);
            at += HeaderLength + Math.Min(length, there.Length);
            if (fault is not HelloFault.None)
            {
                return HelloWalk.Failed(fault);
            }

            if (message.IsComplete)
            {
                return new(HelloFault.None, 0, message.Length, records, BinaryPrimitives.ReadUInt16BigEndian(wire[1..]));
            }

            var untilHeader = length - there.Length;
            var missing = at + message.Missing + (untilHeader < message.Missing ? HeaderLength : 0);
            if (missing > HelloParser.MostBytes || there.Length < length)
            {
                return HelloWalk.NeedMore(missing);
            }
        }
    }

    /// <summary>Copies the message out of the records of a complete hello.</summary>
    public static void Join(ReadOnlySpan<byte> wire, Span<byte> message)
    {
        while (!message.IsEmpty)
        {
            // The last record may go on behind the message, and need not be there to its end.
            var part = wire.Slice(HeaderLength, Math.Min(LengthOf(wire), message.Length));
            wire = wire[(HeaderLength + part.Length)..];
            part.CopyTo(message);
            message = message[part.Length..];
        }
    }

    /// <summary>What is wrong with as much of a header as is there.</summary>
    private static HelloFault FaultOfHeader(ReadOnlySpan<byte> header)
    {
        if ((header.Length > 0 && header[0] != FirstBytes.HandshakeRecord) || (header.Length > 1 && header[1] != FirstBytes.MajorVersion))
        {
            return HelloFault.RecordBetween;
        }

        return header.Length >= HeaderLength && LengthOf(header) is 0 or > LongestRecord ? HelloFault.RecordLength : HelloFault.None;
    }

    private static int LengthOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt16BigEndian(record[3..]);
}
