namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>A network namespace with nothing but a loopback, for scripts whose ports are fixed; it is gone with its last process.</summary>
internal static class OwnLoopback
{
    /// <summary>What runs a command there. Without root it runs in the machine's own network.</summary>
    public static string[] Prefix => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
        ? [Requirement.Command("unshare", "util-linux"), "--net", "sh", "-c", $"{Ip} link set lo up && exec \"$@\"", "sh"]
        : [];

    private static string Ip => Requirement.Command("ip", "iproute2");
}
