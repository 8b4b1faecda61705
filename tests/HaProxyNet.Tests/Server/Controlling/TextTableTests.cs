using HaProxyNet.Server.Controlling;

namespace HaProxyNet.Tests.Server.Controlling;

public sealed class TextTableTests
{
    [Fact]
    public void Write_RowsOfDifferentWidth_ColumnsStandUnderEachOtherAndNoCellIsEmpty()
    {
        var table = new TextTable("A", "LONGER", "LAST");
        table.Add(null, "first", "x", "of several words");
        table.Add("red", null, "something long", "");
        using var output = new StringWriter();

        table.Write(output);

        Assert.Equal(
            ["A      LONGER          LAST", "first  x               of several words", "-      something long  -"],
            output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(4.24, "4.2s")]
    [InlineData(185, "3m05s")]
    [InlineData(7620, "2h07m")]
    [InlineData(1047600, "12d03h")]
    [InlineData(-1, "0.0s")]
    public void Duration_Seconds_AsAPersonSaysIt(double seconds, string text) => Assert.Equal(text, Duration.Short(seconds));
}
