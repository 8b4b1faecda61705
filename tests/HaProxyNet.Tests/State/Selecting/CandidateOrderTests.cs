using HaProxyNet.State.Selecting;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.State.Selecting;

public sealed class CandidateOrderTests
{
    /// <summary>Each destination as <c>name:reason</c>, down unless there is no reason, in order of preference.</summary>
    [Theory]
    [InlineData("a b c", "a b c")]
    [InlineData("a:refused b c", "b c a")]
    [InlineData("a:reset b c:refused", "b a c")]
    [InlineData("a:timeout b c", "b c")]
    [InlineData("a:unreachable b:unresolved c", "c")]
    [InlineData("a:timeout b:refused", "b")]
    [InlineData("a:timeout b:timeout", "")]
    [InlineData("a:refused b:reset", "a b")]
    [InlineData("", "")]
    public void Order_States_UpFirstThenWhatFailsAtOnce(string given, string expected)
    {
        var destinations = given.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((text, preference) =>
        {
            var parts = text.Split(':');
            return parts.Length == 1
                ? Destinations.Create(parts[0], preference)
                : Destinations.Create(parts[0], preference, DestinationStatus.Down, parts[1]);
        });

        Assert.Equal(expected, string.Join(' ', CandidateOrder.Order(destinations.Reverse(), active: null).Select(d => d.Name)));
    }
}
