using HaProxyNet.Configuration.Reading;
using HaProxyNet.Tls.Certificates.Own;
using Microsoft.Extensions.Configuration.Memory;

namespace HaProxyNet.FuzzTests.Configurations;

/// <summary>
/// What must be true of every file: it is read without an exception, and each fault says where it is, what is wrong and what is allowed.
/// </summary>
internal static class ConfigurationOracle
{
    /// <summary>Reads a file as <c>check</c> does; what is wrong with that, or null.</summary>
    /// <param name="input">The file and its environment.</param>
    /// <param name="path">Where to write it.</param>
    public static string? FaultOf(FuzzedConfiguration input, string path)
    {
        File.WriteAllBytes(path, input.Content);
        var reading = ConfigurationFile.Load(path, new MemoryConfigurationSource { InitialData = input.Environment }).Reading;
        if (reading.Options is null == (reading.Faults.Count == 0))
        {
            return $"{reading.Faults.Count} faults, and {(reading.Options is null ? "no" : "")} options";
        }

        var faults = reading.Faults.Concat(reading.Warnings);
        if (reading.Options is { } options)
        {
            var certificates = CertificateAvailability.Check(options, TimeProvider.System);
            faults = faults.Concat(certificates.Faults).Concat(certificates.Warnings);
        }

        return faults.Select(ProblemOf).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>What is wrong with a fault itself; null: an operator can find and mend it.</summary>
    public static string? ProblemOf(ConfigurationFault fault)
    {
        var line = fault.ToString();
        return line.Contains("please report", StringComparison.Ordinal)
            || line.Contains("report it", StringComparison.Ordinal) ? $"an exception: {line}"
            : line.Any(char.IsControl) ? $"more than a line: {line}"
            : fault.Problem.Trim().Length == 0 || fault.Allowed.Trim().Length == 0 ? $"nothing to do: {line}"
            : fault.Path.Trim().Length == 0 ? $"no place: {line}"
            : null;
    }
}
