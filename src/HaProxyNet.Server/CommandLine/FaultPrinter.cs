using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Server.CommandLine;

/// <summary>Shows faults of the configuration to an operator: one line each.</summary>
internal static class FaultPrinter
{
    public static void Print(TextWriter writer, IEnumerable<ConfigurationFault> faults, string prefix = "")
    {
        try
        {
            foreach (var fault in faults)
            {
                writer.WriteLine(prefix + fault);
            }
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // A full disk or a closed pipe: there is no one to notify, and the exit code says the rest.
        }
    }
}
