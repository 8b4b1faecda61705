using System.Diagnostics;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Upgrading;

/// <summary>How the next process is started: this one's own arguments, by the same executable or another one.</summary>
internal static class SuccessorCommand
{
    /// <summary>The variable by which a process finds the socket of the one that started it.</summary>
    public const string Variable = "HAPROXYNET_HANDOVER";

    /// <summary>What /proc adds to the name of an executable that was replaced while it runs, as packages do.</summary>
    private const string Replaced = " (deleted)";

    /// <summary>What a service manager has said to this process by its id, or about descriptors that the next one does not have.</summary>
    private static readonly string[] _ofThisProcess = ["WATCHDOG_PID", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"];

    /// <summary>The command.</summary>
    /// <param name="binary">The executable; null: the one that runs, or what stands in its place by now.</param>
    /// <param name="running">The path of the executable that runs.</param>
    /// <param name="arguments">This process's command line, the program first.</param>
    /// <param name="descriptor">The descriptor of the socket.</param>
    /// <exception cref="HandoverException">There is no such executable.</exception>
    public static ProcessStartInfo Of(string? binary, string running, IReadOnlyList<string> arguments, int descriptor)
    {
        var own = running.EndsWith(Replaced, StringComparison.Ordinal) ? running[..^Replaced.Length] : running;
        var path = Path.GetFullPath(binary ?? own);
        if (!File.Exists(path))
        {
            throw new HandoverException($"there is no executable {path}");
        }

        var start = new ProcessStartInfo(path) { UseShellExecute = false };
        if (binary is null && Path.GetFileNameWithoutExtension(own).Equals("dotnet", StringComparison.Ordinal))
        {
            start.ArgumentList.Add(arguments[0]);
        }

        foreach (var argument in arguments.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Variable] = $"{descriptor}";
        foreach (var variable in _ofThisProcess)
        {
            start.Environment.Remove(variable);
        }

        return start;
    }
}
