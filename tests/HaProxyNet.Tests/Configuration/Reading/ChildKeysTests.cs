using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Tests.Configuration.Reading;

public sealed class ChildKeysTests
{
    private static readonly ChildKeys _keys = new(["A:list:10", "A:list:9", "A:name", "a:NAME:deeper", "B"]);

    [Fact]
    public void Below_Top_EachOnce() => Assert.Equal(["A", "B"], _keys.Below(path: null, []));

    [Fact]
    public void Below_Section_IgnoresCaseAndKeepsTheFirstSpelling() => Assert.Equal(["list", "name"], _keys.Below("a", []));

    [Fact]
    public void Below_List_IsInOrderOfItsNumbers() => Assert.Equal(["9", "10"], _keys.Below("A:list", []));

    [Fact]
    public void Below_Earlier_ComesInOrderWithTheOwn() => Assert.Equal(["before", "list", "name"], _keys.Below("A", ["before"]));

    [Theory]
    [InlineData("C")]
    [InlineData("A:lis")]
    [InlineData("B")]
    public void Below_NothingThere_IsEmpty(string path) => Assert.Empty(_keys.Below(path, []));
}
