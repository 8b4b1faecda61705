using System.Globalization;
using System.Text.Json.Nodes;

namespace HaProxyNet.Configuration;

/// <summary>A whole number that may not be smaller than <paramref name="minimum"/>.</summary>
public sealed class AtLeastAttribute(int minimum) : SettingRangeAttribute
{
    /// <summary>The smallest allowed number.</summary>
    public int Minimum { get; } = minimum;

    internal override string Allowed => $"a whole number, {Minimum} or more";

    internal override string? ProblemOf(object? value) =>
        value is int number && number < Minimum ? $"{number.ToString(CultureInfo.InvariantCulture)} is less than {Minimum}" : null;

    internal override void Describe(JsonObject schema) => schema["minimum"] = Minimum;
}
