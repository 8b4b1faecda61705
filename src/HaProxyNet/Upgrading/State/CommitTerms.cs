using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Upgrading.State;

/// <summary>What the old process says with its word that all is the new one's.</summary>
/// <param name="HighestNumber">The highest number of a connection: the next ones begin above it.</param>
/// <param name="Ended">The numbers of connections that were sent and have ended since.</param>
internal sealed record CommitTerms(long HighestNumber, IReadOnlyList<long> Ended)
{
    /// <summary>Writes them down.</summary>
    public byte[] Write() => HandoverNumbers.Write([HighestNumber, .. Ended]);

    /// <summary>Reads them.</summary>
    /// <exception cref="HandoverException">They are not what <see cref="Write"/> writes.</exception>
    public static CommitTerms Read(byte[] payload) => HandoverNumbers.Read(payload) is [var highest, .. var ended]
        ? new CommitTerms(highest, ended)
        : throw new HandoverException("its last word is incomplete");
}
