using System.Text.Json;
using HaProxyNet.State;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Maintaining.Etcd;

/// <summary>The value of a cluster's key: <c>{ "version": 1, "decisions": { "primary": { "maintenance": "Draining", … } } }</c>.</summary>
internal sealed record StoredDocument
{
    /// <summary>The form that this version of the proxy writes. What another version has written is left alone.</summary>
    public const int Known = 1;

    /// <summary>More than a cluster has: somebody else's data.</summary>
    private const int MostDecisions = 4096;

    /// <summary>Decisions are numbered by their time: there must be a later one.</summary>
    private const int LastYear = 9000;

    /// <summary>The form.</summary>
    public int Version { get; init; }

    /// <summary>The decisions, by the name of the destination.</summary>
    public Dictionary<string, MaintenanceDecision>? Decisions { get; init; }

    /// <summary>The value of a set.</summary>
    public static byte[] Write(MaintenanceSet set)
        => JsonSerializer.SerializeToUtf8Bytes(new()
        {
            Version = Known,
            Decisions = new(set.Decisions),
        }, StoredJson.Default.StoredDocument);

    /// <summary>The set of a value; null: it has none, and <paramref name="problem"/> says why.</summary>
    public static MaintenanceSet? Read(byte[] value, out string problem)
    {
        problem = "";
        try
        {
            var document = JsonSerializer.Deserialize(value, StoredJson.Default.StoredDocument);
            if (document?.Version is { } version and not Known and not 0)
            {
                problem = $"was written by another version of the proxy, in the form {version}; this one knows {Known}: upgrade it";
            }
            else if (document is not { Version: Known, Decisions: { Count: <= MostDecisions } decisions } || !decisions.All(IsWhole))
            {
                problem = "holds something else than this proxy's data: is Prefix right?";
            }
            else
            {
                return MaintenanceSet.Of(decisions.Select(d => KeyValuePair.Create(
                    d.Key, d.Value with { Node = PeerText.Clean(d.Value.Node), By = PeerText.Clean(d.Value.By) })));
            }
        }
        catch (JsonException)
        {
            problem = "holds something else than this proxy's data: is Prefix right?";
        }

        return null;
    }

    private static bool IsWhole(KeyValuePair<string, MaintenanceDecision> decision)
        => decision is { Key.Length: > 0, Value: { Node: not null, By: not null } }
            && Enum.IsDefined(decision.Value.Maintenance)
            && decision.Value.At.Year < LastYear;
}
