namespace HaProxyNet.Health;

/// <summary>What a piece of evidence says.</summary>
internal enum EvidenceKind
{
    /// <summary>It accepted.</summary>
    Success,

    /// <summary>It did not accept.</summary>
    Failure,

    /// <summary>It has not answered yet, and another one was faster.</summary>
    Slow,
}
