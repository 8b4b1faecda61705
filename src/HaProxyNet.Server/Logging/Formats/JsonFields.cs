using System.Net;
using HaProxyNet.Lines;
using HaProxyNet.Server.Logging.Records;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>Writes fields as members of a JSON object that has begun.</summary>
internal readonly struct JsonFields(RecordBuffer buffer) : IFieldWriter
{
    public bool WantsEverything => true;

    public void Add(ReadOnlySpan<byte> name, string value)
    {
        Begin(name);
        JsonText.AddQuoted(buffer, value);
    }

    public void Add(ReadOnlySpan<byte> name, long value)
    {
        Begin(name);
        buffer.AddValue(value);
    }

    public void Add(ReadOnlySpan<byte> name, LoggedMilliseconds value)
    {
        Begin(name);
        buffer.AddValue(value);
    }

    public void Add(ReadOnlySpan<byte> name, ConnectionNumber value)
    {
        Begin(name);
        buffer.Add("\""u8);
        buffer.AddValue(value);
        buffer.Add("\""u8);
    }

    public void Add(ReadOnlySpan<byte> name, IPEndPoint value)
    {
        Begin(name);
        buffer.Add("\""u8);
        Addresses.Add(buffer, value);
        buffer.Add("\""u8);
    }

    private void Begin(ReadOnlySpan<byte> name)
    {
        buffer.Add(",\""u8);
        buffer.Add(name);
        buffer.Add("\":"u8);
    }
}
