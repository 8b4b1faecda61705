using System.CommandLine;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Server.Checking;

/// <summary><c>schema</c>: what an editor needs to complete and check the file.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Prints the JSON schema of the configuration.");
        command.SetAction(result => result.InvocationConfiguration.Output.WriteLine(ConfigurationSchema.Export()));
        return command;
    }
}
