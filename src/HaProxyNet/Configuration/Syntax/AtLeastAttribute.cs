using System.Text.Json.Nodes;

namespace HaProxyNet.Configuration.Syntax;

/// <summary>A whole number that may not be less than <paramref name="minimum"/>, nor more than <see cref="AtMost"/>.</summary>
internal sealed class AtLeastAttribute(int minimum) : SettingRangeAttribute
{
    /// <summary>The smallest allowed number.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The greatest allowed number.</summary>
    public int AtMost { get; set; } = int.MaxValue;

    internal override string Allowed
        => AtMost == int.MaxValue ? $"a whole number, {Minimum} or more" : $"a whole number from {Minimum} to {AtMost}";

    internal override string? ProblemOf(object? value) => value switch
    {
        int number when number < Minimum => $"{number} is less than {Minimum}",
        int number when number > AtMost => $"{number} is more than {AtMost}",
        _ => null,
    };

    internal override void Describe(JsonObject schema)
    {
        schema["minimum"] = Minimum;
        if (AtMost != int.MaxValue)
        {
            schema["maximum"] = AtMost;
        }
    }
}
