using System.Globalization;

namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>What a scenario needs of the machine. Where it is missing, the test is skipped and says what to install.</summary>
internal static class Requirement
{
    // Root's tools are not on everyone's PATH, but most of these run as anyone.
    private static readonly string[] _folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/sbin"];

    /// <summary>The full path of a command.</summary>
    /// <param name="name">The command.</param>
    /// <param name="package">The Debian package that has it, when its name differs.</param>
    public static string Command(string name, string? package = null)
    {
        var path = _folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"needs {name}, which is not installed here: apt-get install {package ?? name}");
        return path!;
    }

    /// <summary>The full form of a scenario: HAPROXYNET_TEST_FULL=1.</summary>
    public static bool IsFullForm => Environment.GetEnvironmentVariable("HAPROXYNET_TEST_FULL") is "1";

    /// <summary>How long a scenario lasts that may last any time: HAPROXYNET_TEST_MINUTES says it, else the form.</summary>
    public static TimeSpan Duration(TimeSpan full, TimeSpan brief)
    {
        var given = Environment.GetEnvironmentVariable("HAPROXYNET_TEST_MINUTES");
        return double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes)
            ? TimeSpan.FromMinutes(minutes)
            : IsFullForm ? full : brief;
    }

    public static void Linux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: it reads /proc and sends signals");
}
