using System.Globalization;
using HaProxyNet.Control.Trust;

namespace HaProxyNet.Control;

/// <summary>
/// Where the control socket and the state file are. A path that was configured is that path and no other. The defaults need root, or a
/// service manager that makes their folders; for everyone else a place of the user's own follows. The proxy takes the first place that it
/// can have, and a command asks the same places in the same order.
/// </summary>
public static class RuntimePlaces
{
    /// <summary>Where a service manager makes the folder of the control socket.</summary>
    public const string DefaultControlSocket = "/run/haproxynet/control.sock";

    /// <summary>Where a service manager makes the folder of the state file.</summary>
    public const string DefaultStateFile = "/var/lib/haproxynet/state.json";

    /// <summary>The places for the control socket, in order; on Windows the name of a pipe; none when control is off.</summary>
    /// <param name="setting">The value of <c>Admin.ControlSocket</c>.</param>
    public static IReadOnlyList<string> ControlSocket(string setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (OperatingSystem.IsWindows())
        {
            return setting.Length == 0 ? [] : [setting == DefaultControlSocket ? "haproxynet" : PipeName(setting)];
        }

        return Places(setting, DefaultControlSocket, OwnRuntimeFolder);
    }

    /// <summary>The places for the state file, in order; none when nothing is to be kept.</summary>
    /// <param name="setting">The value of <c>Admin.StateFile</c>.</param>
    public static IReadOnlyList<string> StateFile(string setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return OperatingSystem.IsWindows() && setting == DefaultStateFile
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "HaProxyNet", "state.json"), .. Own(
                setting, OwnStateFolder)]
            : Places(setting, DefaultStateFile, OwnStateFolder);
    }

    private static IReadOnlyList<string> Places(string setting, string standard, Func<string?> ownFolder) => setting switch
    {
        "" => [],
        _ when setting != standard => [setting],
        _ => [standard, .. Own(standard, ownFolder)],
    };

    private static IEnumerable<string> Own(string standard, Func<string?> folder)
        => folder() is { Length: > 0 } own ? [Path.Combine(own, Path.GetFileName(standard))] : [];

    /// <summary>
    /// What login gives a user for this ($XDG_RUNTIME_DIR); a service without a login has a folder of its own among the temporary files.
    /// </summary>
    private static string OwnRuntimeFolder()
        => Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && Path.IsPathRooted(runtime)
            ? Path.Combine(runtime, "haproxynet")
            : Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"haproxynet-{ProcessOwner.Uid}"));

    /// <summary>Temporary files do not survive a restart of the machine, so they are no place for this.</summary>
    private static string? OwnStateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "HaProxyNet");
        }

        if (Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } given && Path.IsPathRooted(given))
        {
            return Path.Combine(given, "haproxynet");
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 1 ? Path.Combine(home, ".local", "state", "haproxynet") : null;
    }

    /// <summary><c>\\.\pipe\NAME</c> and <c>NAME</c> are the same pipe.</summary>
    private static string PipeName(string setting)
        => setting.StartsWith(@"\\.\pipe\", StringComparison.OrdinalIgnoreCase) ? setting[@"\\.\pipe\".Length..] : setting;
}
