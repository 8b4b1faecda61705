using System.Text;
using CsCheck;
using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Tests.Simulator.Framing;

public sealed class RpcXmlTests
{
    // What XML cannot carry at all (control characters) is not part of a name.
    private static readonly Gen<string> _name = Gen.Char[' ', '\uD7FF'].Array[1, 20].Select(characters => new string(characters));
    private static readonly Gen<TimeSpan> _time =
        Gen.Long[0, 3_600_000_000].Select(microseconds => TimeSpan.FromMicroseconds(microseconds));
    private static readonly Gen<RpcOperation> _operation = Gen.Enum<RpcOperation>();
    private static readonly Gen<int> _size = Gen.Int[0, 100_000];

    [Fact]
    public void DecodeRequest_WhatWasEncoded_IsTheSame() =>
        Gen.Select(_name, _operation, _time, _size, _size, (id, operation, work, reply, padding) =>
            new RpcRequest(id, operation, work, reply, padding))
            .Sample(request => Assert.Equal(request, RpcXml.DecodeRequest(ContentOf(RpcXml.Encode(request)))), iter: 300);

    [Fact]
    public void DecodeReply_WhatWasEncoded_IsTheSame() =>
        Gen.Select(
            _name,
            _operation,
            Gen.Select(_name, _name, Gen.Int[0, 65_535], _name),
            _time,
            _time,
            _size,
            (id, operation, agent, service, queue, padding) =>
                    new RpcReply(
                        id, operation, new AgentIdentity(agent.Item1, agent.Item2, agent.Item3, agent.Item4), service, queue, padding))
            .Sample(reply => Assert.Equal(reply, RpcXml.DecodeReply(ContentOf(RpcXml.Encode(reply)))), iter: 300);

    [Fact]
    public void DecodeReply_OneByteOfPaddingChanged_Throws() => Gen.Int[0, 39_999].Sample(
        position =>
        {
            var content = ContentOf(RpcXml.Encode(Reply(padding: 40_000))).ToArray();
            var start = Encoding.UTF8.GetString(content).IndexOf("<Padding>", StringComparison.Ordinal) + "<Padding>".Length;
            content[start + position] = (byte)'!';

            var fault = Assert.Throws<FrameFormatException>(() => RpcXml.DecodeReply(content));

            Assert.Contains($"character {position}:", fault.Message, StringComparison.Ordinal);
        },
        iter: 100);

    [Fact]
    public void DecodeRequest_AnyBytes_ThrowsNothingButFrameFormat() =>
        Gen.Byte.Array[0, 200].Sample(content => Assert.Throws<FrameFormatException>(() => RpcXml.DecodeRequest(content)), iter: 2_000);

    [Theory]
    [InlineData("<Reply/>", "the content is <Reply>; <Request> is expected")]
    [InlineData("<Request/>", "<Request> has no attribute 'id'")]
    [InlineData("<Request id='1' operation='Delete'/>", "'operation' is \"Delete\"; DoNothing, Modify, Script and Aggregate are allowed")]
    [InlineData(
        "<Request id='1' operation='Modify' workMicroseconds='-1'/>",
        "'workMicroseconds' is \"-1\"; a whole number from 0 to 3600000000 is allowed")]
    [InlineData("<Request id='1' operation='Modify' workMicroseconds='1' replySize='1'/>", "the element <Padding> is missing")]
    [InlineData("<Request id='1' operation='Modify' workMicroseconds='1' replySize='1'><Padding/>", "the content is no XML")]
    [InlineData("<!DOCTYPE x [<!ENTITY y 'z'>]><Request/>", "the content is no XML")]
    public void DecodeRequest_Fault_SaysWhatIsAllowed(string xml, string message)
    {
        var fault = Assert.Throws<FrameFormatException>(() => RpcXml.DecodeRequest(Encoding.UTF8.GetBytes(xml)));

        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    private static RpcReply Reply(int padding) =>
        new("1", RpcOperation.Modify, new AgentIdentity("a", "h", 1, "v"), TimeSpan.Zero, TimeSpan.Zero, padding);

    private static ReadOnlyMemory<byte> ContentOf(ReadOnlyMemory<byte> frame) => frame[FrameCodec.HeaderLength..];
}
