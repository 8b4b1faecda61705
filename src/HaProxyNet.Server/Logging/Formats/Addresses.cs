using System.Net;
using HaProxyNet.Lines;
using HaProxyNet.Server.Logging.Records;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>Addresses in records, as in the text.</summary>
internal static class Addresses
{
    private const int Longest = 96;

    /// <summary>Adds one.</summary>
    public static void Add(RecordBuffer buffer, IPEndPoint address)
    {
        if (buffer.Room(Longest) is { IsEmpty: false } room && TextFields.TryWrite(room, address, out var written))
        {
            buffer.Advance(written);
        }
    }
}
