using System.Net.Sockets;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Transport.Vocabulary;

public sealed class ConnectErrorsTests
{
    [Theory]
    [InlineData(SocketError.Success, nameof(ConnectStatus.Connected))]
    [InlineData(SocketError.ConnectionRefused, nameof(ConnectStatus.Refused))]
    [InlineData(SocketError.ConnectionReset, nameof(ConnectStatus.Reset))]
    [InlineData(SocketError.ConnectionAborted, nameof(ConnectStatus.Reset))]
    [InlineData(SocketError.HostUnreachable, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.NetworkUnreachable, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.HostDown, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.AccessDenied, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.TimedOut, nameof(ConnectStatus.TimedOut))]
    [InlineData(SocketError.InvalidArgument, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.ProtocolOption, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.OperationNotSupported, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.NetworkDown, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.SocketError, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.TooManyOpenSockets, nameof(ConnectStatus.NoDescriptor))]
    [InlineData(SocketError.AddressNotAvailable, nameof(ConnectStatus.NoPort))]
    [InlineData(SocketError.NoBufferSpaceAvailable, nameof(ConnectStatus.NoMemory))]
    [InlineData(SocketError.AddressFamilyNotSupported, nameof(ConnectStatus.LocalFailure))]
    [InlineData(SocketError.NoRecovery, nameof(ConnectStatus.LocalFailure))]
    public void Classify_Error_SaysWhatItMeansForTheDestination(SocketError error, string expected)
        => Assert.Equal(expected, ConnectErrors.Classify(error).ToString());

    [Theory]
    [InlineData(0, nameof(ConnectStatus.Connected))]
    [InlineData(1, nameof(ConnectStatus.Forbidden))]
    [InlineData(11, nameof(ConnectStatus.NoPort))]
    [InlineData(12, nameof(ConnectStatus.NoMemory))]
    [InlineData(13, nameof(ConnectStatus.Unreachable))]
    [InlineData(19, nameof(ConnectStatus.Unreachable))]
    [InlineData(22, nameof(ConnectStatus.Unreachable))]
    [InlineData(23, nameof(ConnectStatus.NoDescriptor))]
    [InlineData(24, nameof(ConnectStatus.NoDescriptor))]
    [InlineData(64, nameof(ConnectStatus.Unreachable))]
    [InlineData(71, nameof(ConnectStatus.Unreachable))]
    [InlineData(92, nameof(ConnectStatus.Unreachable))]
    [InlineData(95, nameof(ConnectStatus.Unreachable))]
    [InlineData(97, nameof(ConnectStatus.LocalFailure))]
    [InlineData(99, nameof(ConnectStatus.NoPort))]
    [InlineData(100, nameof(ConnectStatus.Unreachable))]
    [InlineData(101, nameof(ConnectStatus.Unreachable))]
    [InlineData(104, nameof(ConnectStatus.Reset))]
    [InlineData(105, nameof(ConnectStatus.NoMemory))]
    [InlineData(110, nameof(ConnectStatus.TimedOut))]
    [InlineData(111, nameof(ConnectStatus.Refused))]
    [InlineData(112, nameof(ConnectStatus.Unreachable))]
    [InlineData(113, nameof(ConnectStatus.Unreachable))]
    [InlineData(9999, nameof(ConnectStatus.LocalFailure))]
    public void Classify_Errno_SaysWhatItMeansForTheDestination(int errno, string expected)
        => Assert.Equal(expected, ConnectErrors.Classify(errno).ToString());

    [Fact]
    public void Table_EveryRow_HasItsOwnNumberAndASource()
    {
        Assert.Equal(ConnectErrors.Table.Count, ConnectErrors.Table.Select(row => row.Errno).Distinct().Count());
        Assert.All(ConnectErrors.Table, row => Assert.NotEmpty(row.Source));
    }

    [Fact]
    public void Table_RowsThatShareAWordOfDotNet_MeanTheSameOrAreAmbiguous()
        => Assert.All(
            ConnectErrors.Table.GroupBy(row => row.Error),
            word => Assert.True(
                word.Select(row => row.Means).Distinct().Count() == 1 || ConnectErrors.IsAmbiguous(word.Key), word.Key.ToString()));

    [Theory]
    [InlineData(nameof(ConnectStatus.Connected), true)]
    [InlineData(nameof(ConnectStatus.Refused), true)]
    [InlineData(nameof(ConnectStatus.Reset), true)]
    [InlineData(nameof(ConnectStatus.Unreachable), true)]
    [InlineData(nameof(ConnectStatus.TimedOut), true)]
    [InlineData(nameof(ConnectStatus.Unresolved), true)]
    [InlineData(nameof(ConnectStatus.TlsFailed), true)]
    [InlineData(nameof(ConnectStatus.Loop), true)]
    [InlineData(nameof(ConnectStatus.LocalFailure), false)]
    [InlineData(nameof(ConnectStatus.NoDescriptor), false)]
    [InlineData(nameof(ConnectStatus.NoPort), false)]
    [InlineData(nameof(ConnectStatus.NoMemory), false)]
    [InlineData(nameof(ConnectStatus.Forbidden), false)]
    [InlineData(nameof(ConnectStatus.ClientGone), false)]
    [InlineData(nameof(ConnectStatus.Aborted), false)]
    [InlineData(nameof(ConnectStatus.Pending), false)]
    public void IsEvidence_Status_OnlyWhatTheDestinationDid(string status, bool expected)
        => Assert.Equal(expected, Enum.Parse<ConnectStatus>(status).IsEvidence());

    [Fact]
    public void Label_EveryStatus_IsItsOwnAndFitForAMetric()
    {
        var labels = Enum.GetValues<ConnectStatus>().Select(s => s.Label()).ToList();

        Assert.Equal(labels.Count, labels.Distinct().Count());
        Assert.All(labels, label => Assert.Matches("^[a-z_]+$", label));
    }

    /// <summary>It is asked for every connection.</summary>
    [Fact]
    public void Classify_Connected_AllocatesNothing()
    {
        _ = ConnectErrors.Classify(0);
        _ = ConnectErrors.Classify(SocketError.Success);
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = ConnectErrors.Classify(0);
        _ = ConnectErrors.Classify(SocketError.Success);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
