using System.Text.Json.Serialization;

namespace HaProxyNet.Server.Diagnosing;

/// <summary>How bad a finding is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
internal enum Severity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Works, and will not for everyone or not for long.</summary>
    Warning,

    /// <summary>Does not work: exit code 1.</summary>
    Fault,
}
