using System.CommandLine;

namespace HaProxyNet.Server.Controlling;

/// <summary>The argument <c>CLUSTER/DEST</c>.</summary>
internal static class DestinationArgument
{
    public static Argument<(string Cluster, string Destination)> Create() => new("CLUSTER/DEST")
    {
        Description = "The destination, such as iqservice/primary.",
        CustomParser = static argument =>
        {
            var parts = argument.Tokens[0].Value.Split('/');
            if (parts is [{ Length: > 0 } cluster, { Length: > 0 } destination])
            {
                return (cluster, destination);
            }

            argument.AddError($"'{argument.Tokens[0].Value}' is not CLUSTER/DEST; such as iqservice/primary");
            return default;
        },
    };
}
