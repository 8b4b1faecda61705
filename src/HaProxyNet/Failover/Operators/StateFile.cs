using System.Globalization;
using System.Text.Json;
using HaProxyNet.Control.Trust;
using HaProxyNet.Machine;

namespace HaProxyNet.Failover.Operators;

/// <summary>
/// The file that keeps what operators have set. It is replaced as a whole, and never followed to a place of somebody else's choice.
/// </summary>
internal sealed class StateFile(IReadOnlyList<string> places)
{
    /// <summary>The place that was read, or is written next; none when nothing is to be kept.</summary>
    public string? Path { get; private set; } = places.Count > 0 ? places[0] : null;

    /// <summary>Reads the first place that has one; nothing when there is none.</summary>
    /// <exception cref="JsonException">The file is no state file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public OperatorDecisions? Read()
    {
        Path = places.FirstOrDefault(IsWritable) ?? Path;
        Check(Path!);
        if (!File.Exists(Path))
        {
            return null;
        }

        var read = JsonSerializer.Deserialize(File.ReadAllBytes(Path), OperatorJson.Default.OperatorDecisions)
            ?? throw new JsonException("the file says null");
        return read.Clusters is null || !read.Clusters.Values.All(IsWhole)
            ? throw new JsonException("a part is missing")
            : Normalise(read);
    }

    /// <summary>Puts a file that cannot be read aside, for people to look at; returns its new name.</summary>
    /// <exception cref="IOException">It cannot be moved.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be moved.</exception>
    public string PutAside(DateTimeOffset now)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{Path}.corrupt-{now:yyyyMMdd'T'HHmmss'Z'}");
        File.Move(Path!, aside, overwrite: true);
        return aside;
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="IOException">It cannot be written; what was there before is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written; what was there before is still there.</exception>
    public void Write(OperatorDecisions decisions)
    {
        CheckKind(WholeFile.DraftOf(Path!));
        WholeFile.Replace(Path!, stream => JsonSerializer.Serialize(stream, decisions, OperatorJson.Default.OperatorDecisions));
    }

    private static bool IsWhole(ClusterDecisions? decisions)
        => decisions?.Destinations is not null
            && decisions.Destinations.Values.All(Enum.IsDefined)
            && decisions.Decisions?.Values.All(d => d is { Node: not null, By: not null } && Enum.IsDefined(d.Maintenance)) is not false;

    /// <summary>The serializer makes dictionaries that tell upper from lower case; names do not.</summary>
    private static OperatorDecisions Normalise(OperatorDecisions read) => new()
    {
        Clusters = Named(read.Clusters.Select(c => KeyValuePair.Create(c.Key, Normalise(c.Value)))),
    };

    private static ClusterDecisions Normalise(ClusterDecisions read) => read with
    {
        Destinations = Named(read.Destinations),
        Decisions = read.Decisions is { } decisions ? Named(decisions) : null,
    };

    private static SortedDictionary<string, T> Named<T>(IEnumerable<KeyValuePair<string, T>> read)
        => new(read.DistinctBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(), StringComparer.OrdinalIgnoreCase);

    /// <summary>A pipe would hang the start, a device has no end, and a link leads to a file of somebody's choice.</summary>
    private static void Check(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        if (TrustedFolder.ProblemOf(System.IO.Path.GetDirectoryName(path)!, new PathOwners(takesGrants: false)) is { } problem)
        {
            throw new UnauthorizedAccessException(problem);
        }

        CheckKind(path);
    }

    private static void CheckKind(string path)
    {
        if (OperatingSystem.IsLinux()
            && FileFacts.Read(path) is { } facts
            && (!facts.IsRegular || (facts.Uid != 0 && facts.Uid != ProcessOwner.Uid)))
        {
            throw new IOException(facts.IsRegular
                ? $"{path} belongs to another user (uid {facts.Uid})"
                : $"{path} is no regular file; move it away");
        }
    }

    private static bool IsWritable(string path)
    {
        try
        {
            var folder = System.IO.Path.GetDirectoryName(path)!;
            OwnFolder.Create(folder);
            using var probe = new FileStream(
                System.IO.Path.Combine(folder, System.IO.Path.GetRandomFileName()),
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
