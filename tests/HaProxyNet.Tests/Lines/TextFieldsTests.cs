using System.Net;
using System.Text;
using HaProxyNet.Lines;

namespace HaProxyNet.Tests.Lines;

public sealed class TextFieldsTests
{
    [Theory]
    [InlineData("10.0.0.5:40000")]
    [InlineData("[2001:db8::1]:65535")]
    [InlineData("[fe80::1%3]:1")]
    public void TryWrite_Address_IsThatOfDotNet(string address)
    {
        var room = new byte[address.Length];

        Assert.True(TextFields.TryWrite(room, IPEndPoint.Parse(address), out var bytes));
        Assert.Equal(address, Encoding.UTF8.GetString(room, 0, bytes));
    }

    [Fact]
    public void TryWrite_TooLittleRoom_SaysSo() => Assert.All(
        Enumerable.Range(0, "[2001:db8::1]:65535".Length),
        length => Assert.False(TextFields.TryWrite(new byte[length], IPEndPoint.Parse("[2001:db8::1]:65535"), out _)));

    /// <summary>Each connection's line has one.</summary>
    [Fact]
    public void TryWrite_Address_AllocatesNothing()
    {
        var (room, address) = (new byte[64], IPEndPoint.Parse("10.0.0.5:40000"));
        TextFields.TryWrite(room, address, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();

        TextFields.TryWrite(room, address, out _);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
