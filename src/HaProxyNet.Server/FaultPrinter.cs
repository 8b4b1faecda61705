using HaProxyNet.Configuration;

namespace HaProxyNet.Server;

/// <summary>Shows faults of the configuration to an operator: one line each.</summary>
internal static class FaultPrinter
{
    public static void Print(TextWriter writer, IEnumerable<ConfigurationFault> faults, string prefix = "")
    {
        foreach (var fault in faults)
        {
            writer.WriteLine(prefix + fault);
        }
    }
}
