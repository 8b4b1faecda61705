using System.Security.Cryptography;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>Files as they were at one moment: what was compared with the time before is what is parsed.</summary>
internal sealed class ConfiguredFiles
{
    /// <summary>Every system's whole set of authorities is smaller; what is larger was named by mistake.</summary>
    private const int LargestFile = 4 << 20;

    private readonly string _folder;
    private readonly Dictionary<string, (byte[] Content, string? Problem)> _files = new(StringComparer.Ordinal);

    private ConfiguredFiles(string folder) => _folder = folder;

    /// <summary>
    /// The same as long as neither a file nor the settings have changed. A file that cannot be read is one without content.
    /// </summary>
    public string Digest { get; private set; } = "";

    /// <summary>Reads files. A file that cannot be read is a fault of the setting that asks for its content.</summary>
    /// <param name="folder">What relative paths are relative to: the folder of the configuration file; empty: the working
    /// directory.</param>
    /// <param name="paths">The files, as they are configured; empty ones are left out.</param>
    /// <param name="settings">What else decides about the outcome: the settings themselves.</param>
    public static ConfiguredFiles Read(string folder, IEnumerable<string> paths, byte[] settings)
    {
        var files = new ConfiguredFiles(folder);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(settings);
        foreach (var path in paths.Where(p => p.Length > 0).Distinct(StringComparer.Ordinal))
        {
            var (content, problem) = Read(PathOf(folder, path));
            files._files[path] = (content, problem);
            digest.AppendData(SHA256.HashData(content));
        }

        files.Digest = Convert.ToHexString(digest.GetHashAndReset());
        return files;
    }

    /// <summary>The whole path of a configured file.</summary>
    public static string PathOf(string folder, string path)
    {
        var combined = folder.Length > 0 ? Path.Combine(folder, path) : path;

        // .NET throws for a NUL character; what cannot be a file is told when it is read.
        return combined.Contains('\0', StringComparison.Ordinal) ? combined : Path.GetFullPath(combined);
    }

    /// <summary>The content of a file; null, and a fault, when it could not be read.</summary>
    /// <param name="path">As it is configured.</param>
    /// <param name="at">Where it is configured.</param>
    /// <param name="allowed">What the file should be.</param>
    /// <param name="faults">Takes the fault.</param>
    public byte[]? Content(string path, SettingPath at, string allowed, FaultCollector faults)
    {
        var (content, problem) = _files[path];
        if ((problem ?? (content.Length == 0 ? $"{NameOf(path)} is empty" : null)) is { } reason)
        {
            faults.Add(at, reason, allowed);
            return null;
        }

        return PemText.Unwrapped(content);
    }

    /// <summary>The name of a file in messages: the whole path, because relative ones are looked for in the wrong place first.</summary>
    public string NameOf(string path) => PathOf(_folder, path);

    private static (byte[] Content, string? Problem) Read(string path)
    {
        try
        {
            return RegularFile.Read(path, LargestFile, out var problem) is { } content
                ? (content, null)
                : ([], $"{path} cannot be read: {problem}");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return ([], $"there is no file {path}");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException)
        {
            return ([], Directory.Exists(path) ? $"{path} is a directory" : $"{path} cannot be read: {Reason(refused)}");
        }
    }

    private static string Reason(Exception refused) => refused switch
    {
        UnauthorizedAccessException => "this user may not read it",
        _ => refused.Message.TrimEnd('.'),
    };
}
