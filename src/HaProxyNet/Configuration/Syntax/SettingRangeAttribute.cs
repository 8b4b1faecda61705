using System.Text.Json.Nodes;

namespace HaProxyNet.Configuration.Syntax;

/// <summary>What values a setting may have. Stated once, on the property: validation and the JSON schema both read it there.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class SettingRangeAttribute : Attribute
{
    /// <summary>The allowed values, in an operator's words.</summary>
    internal abstract string Allowed { get; }

    /// <summary>What is wrong with a value of the property; null when nothing is.</summary>
    internal abstract string? ProblemOf(object? value);

    /// <summary>Adds the range to the property's JSON schema, as far as JSON schema can say it.</summary>
    internal abstract void Describe(JsonObject schema);
}
