namespace HaProxyNet.Vocabulary;

/// <summary>What a piece of evidence says.</summary>
internal enum EvidenceKind
{
    /// <summary>It accepted.</summary>
    Success,

    /// <summary>It did not accept.</summary>
    Failure,

    /// <summary>It has not answered yet, and another one was faster.</summary>
    Slow,

    /// <summary>It accepts, and has not answered what connections have sent for so long that it has to be asked.</summary>
    Silent,
}
