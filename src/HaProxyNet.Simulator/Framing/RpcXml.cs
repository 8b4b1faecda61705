using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml;

namespace HaProxyNet.Simulator.Framing;

/// <summary>Requests and replies as framed XML, and back. Pure functions, safe on any thread.</summary>
public static class RpcXml
{
    // Room for everything but the padding; a longer name only makes the buffer grow.
    private const int AllButPadding = 512;

    private static readonly XmlWriterSettings _writing = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CloseOutput = false,
    };

    private static readonly XmlReaderSettings _reading = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The request as one frame, ready to be sent.</summary>
    public static ReadOnlyMemory<byte> Encode(RpcRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Frame(request.PaddingSize, writer =>
        {
            writer.WriteStartElement("Request");
            writer.WriteAttributeString("id", request.Id);
            writer.WriteAttributeString("operation", NameOf(request.Operation));
            WriteMicroseconds(writer, "workMicroseconds", request.Work);
            WriteNumber(writer, "replySize", request.ReplySize);
            WritePadding(writer, request.PaddingSize);
        });
    }

    /// <summary>The reply as one frame, ready to be sent.</summary>
    public static ReadOnlyMemory<byte> Encode(RpcReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return Frame(reply.PaddingSize, writer =>
        {
            writer.WriteStartElement("Reply");
            writer.WriteAttributeString("id", reply.Id);
            writer.WriteAttributeString("operation", NameOf(reply.Operation));
            writer.WriteAttributeString("agent", reply.Agent.Name);
            writer.WriteAttributeString("host", reply.Agent.Host);
            WriteNumber(writer, "port", reply.Agent.Port);
            writer.WriteAttributeString("version", reply.Agent.Version);
            WriteMicroseconds(writer, "serviceMicroseconds", reply.ServiceTime);
            WriteMicroseconds(writer, "queueMicroseconds", reply.QueueTime);
            WritePadding(writer, reply.PaddingSize);
        });
    }

    /// <summary>The request in a frame's content.</summary>
    /// <exception cref="FrameFormatException">The content is no request.</exception>
    public static RpcRequest DecodeRequest(ReadOnlyMemory<byte> content) => Decode(content, "Request", static reader => new RpcRequest(
        Attribute(reader, "id"),
        Operation(reader),
        Microseconds(reader, "workMicroseconds", RpcRequest.LongestWork),
        (int)Number(reader, "replySize", RpcRequest.LargestPadding),
        ReadPadding(reader)));

    /// <summary>The reply in a frame's content.</summary>
    /// <exception cref="FrameFormatException">The content is no reply.</exception>
    public static RpcReply DecodeReply(ReadOnlyMemory<byte> content) => Decode(content, "Reply", static reader => new RpcReply(
        Attribute(reader, "id"),
        Operation(reader),
        new AgentIdentity(
            Attribute(reader, "agent"),
            Attribute(reader, "host"),
            (int)Number(reader, "port", ushort.MaxValue),
            Attribute(reader, "version")),
        Microseconds(reader, "serviceMicroseconds", TimeSpan.MaxValue),
        Microseconds(reader, "queueMicroseconds", TimeSpan.MaxValue),
        ReadPadding(reader)));

    private static Memory<byte> Frame(int paddingSize, Action<XmlWriter> write)
    {
        using var stream = new MemoryStream(AllButPadding + paddingSize);
        stream.Position = FrameCodec.HeaderLength;
        using (var writer = XmlWriter.Create(stream, _writing))
        {
            write(writer);
        }

        var frame = stream.GetBuffer().AsMemory(0, (int)stream.Length);
        FrameCodec.WriteHeader(frame.Span);
        return frame;
    }

    private static void WriteNumber(XmlWriter writer, string name, long value) =>
        writer.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    private static void WriteMicroseconds(XmlWriter writer, string name, TimeSpan value)
        => WriteNumber(writer, name, value.Ticks / TimeSpan.TicksPerMicrosecond);

    private static void WritePadding(XmlWriter writer, int size)
    {
        writer.WriteStartElement("Padding");
        Padding.Write(writer, size);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static T Decode<T>(ReadOnlyMemory<byte> content, string root, Func<XmlReader, T> read)
    {
        try
        {
            using var stream = MemoryMarshal.TryGetArray(content, out var bytes)
                ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
                : new MemoryStream(content.ToArray());
            using var reader = XmlReader.Create(stream, _reading);
            if (reader.MoveToContent() is not XmlNodeType.Element || reader.LocalName != root)
            {
                throw new FrameFormatException($"the content is <{reader.LocalName}>; <{root}> is expected");
            }

            var message = read(reader);
            while (reader.Read())
            {
                // To the end, so that a document that is cut off or goes on is noticed.
            }

            return message;
        }
        catch (XmlException broken)
        {
            throw new FrameFormatException($"the content is no XML: {broken.Message}", broken);
        }
    }

    private static int ReadPadding(XmlReader reader)
    {
        reader.MoveToElement();
        if (!reader.ReadToDescendant("Padding"))
        {
            throw new FrameFormatException("the element <Padding> is missing");
        }

        return Padding.Read(reader);
    }

    private static string Attribute(XmlReader reader, string name) =>
        reader.GetAttribute(name) ?? throw new FrameFormatException($"<{reader.LocalName}> has no attribute '{name}'");

    private static long Number(XmlReader reader, string name, long largest)
    {
        var text = Attribute(reader, name);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= largest
            ? value
            : throw new FrameFormatException($"'{name}' is \"{text}\"; a whole number from 0 to {largest} is allowed");
    }

    private static TimeSpan Microseconds(XmlReader reader, string name, TimeSpan longest) =>
        new(Number(reader, name, longest.Ticks / TimeSpan.TicksPerMicrosecond) * TimeSpan.TicksPerMicrosecond);

    private static RpcOperation Operation(XmlReader reader) => Attribute(reader, "operation") switch
    {
        nameof(RpcOperation.DoNothing) => RpcOperation.DoNothing,
        nameof(RpcOperation.Modify) => RpcOperation.Modify,
        nameof(RpcOperation.Script) => RpcOperation.Script,
        nameof(RpcOperation.Aggregate) => RpcOperation.Aggregate,
        var unknown => throw new FrameFormatException($"'operation' is \"{unknown}\"; DoNothing, Modify, Script and Aggregate are allowed"),
    };

    private static string NameOf(RpcOperation operation) => operation switch
    {
        RpcOperation.DoNothing => nameof(RpcOperation.DoNothing),
        RpcOperation.Modify => nameof(RpcOperation.Modify),
        RpcOperation.Script => nameof(RpcOperation.Script),
        RpcOperation.Aggregate => nameof(RpcOperation.Aggregate),
        _ => throw new FrameFormatException($"{(int)operation} is no operation"),
    };
}
