using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Upgrading.State;

/// <summary>What a process knows of a destination. Timestamps are of the machine's monotonic clock, which all processes share.</summary>
internal sealed record HandedDestination
{
    /// <summary>Its address in the configuration: what is known holds for this one only.</summary>
    public required string Address { get; init; }

    /// <summary>Its health, hold-down memory included.</summary>
    public required DestinationCondition Condition { get; init; }

    /// <summary>What an operator has set.</summary>
    public Maintenance Maintenance { get; init; }

    /// <summary>The same with its origin; null: the process before did not know one.</summary>
    public MaintenanceDecision? Decision { get; init; }

    /// <summary>When it last accepted.</summary>
    public long LastProven { get; init; }

    /// <summary>What its name resolved to last.</summary>
    public string[] Addresses { get; init; } = [];

    /// <summary>Whether both say the same, but for when it last accepted.</summary>
    public bool SaysTheSameAs(HandedDestination other)
        => this with { LastProven = other.LastProven, Addresses = other.Addresses } == other && Addresses.SequenceEqual(other.Addresses);
}
