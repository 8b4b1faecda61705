namespace HaProxyNet.Management.History.Files;

/// <summary>What a file in the history's folder is.</summary>
internal enum SegmentKind
{
    /// <summary>A file of this version.</summary>
    Known,

    /// <summary>A newer version of the proxy has written it.</summary>
    Newer,

    /// <summary>It does not begin as a history file does.</summary>
    Foreign,
}
