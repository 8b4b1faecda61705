using System.Text;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Admin;

/// <summary>The control socket and the state file are empty (off) or can be found by the proxy and by its commands alike.</summary>
internal sealed class AdminPathsValidator : IOptionsValidator
{
    /// <summary>unix(7): the path of a socket has 108 bytes with its end.</summary>
    private const int LongestSocketPath = 107;

    public void Validate(ValidationContext context)
    {
        Check(
            context,
            nameof(AdminOptions.ControlSocket),
            context.Options.Admin.ControlSocket,
            OperatingSystem.IsWindows() ? int.MaxValue : LongestSocketPath);
        Check(context, nameof(AdminOptions.StateFile), context.Options.Admin.StateFile, int.MaxValue);
    }

    private static void Check(ValidationContext context, string key, string path, int longest)
    {
        // On Windows the socket is a pipe, which has a name and no folder.
        var needsFolder = !(OperatingSystem.IsWindows() && key == nameof(AdminOptions.ControlSocket));
        if (path.Length == 0)
        {
            return;
        }

        if (needsFolder && !Path.IsPathRooted(path))
        {
            context.Faults.Add(
                ValidationContext.AdminPath.Child(key),
                $"'{path}' depends on the working directory",
                "an absolute path, or empty to turn it off");
        }
        else if (path.EndsWith('/') || path.Contains('\0', StringComparison.Ordinal))
        {
            context.Faults.Add(
                ValidationContext.AdminPath.Child(key), $"'{path}' is not the path of a file", "an absolute path, or empty to turn it off");
        }
        else if (Encoding.UTF8.GetByteCount(path) > longest)
        {
            context.Faults.Add(
                ValidationContext.AdminPath.Child(key),
                $"the path has {Encoding.UTF8.GetByteCount(path)} bytes",
                $"at most {longest} bytes for a Unix socket");
        }
    }
}
