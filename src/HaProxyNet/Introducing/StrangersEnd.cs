using HaProxyNet.Connections;
using HaProxyNet.ProxyProtocol.Wire;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Introducing;

/// <summary>
/// The client's side of a relay whose client may not send a PROXY header, on a listener where the server may speak first: its first bytes
/// are looked at as they pass, and those of a header do not.
/// </summary>
internal sealed class StrangersEnd(ProxyConnection connection, HeaderTrouble trouble)
    : RelayEnd(connection.Lane.Open(connection, connection.Client))
{
    /// <summary>What has come so far, while it may still become a header.</summary>
    private readonly byte[] _held = new byte[ProxyHeaderParser.SignatureBytes];
    private int _count;
    private bool _isKnown;

    public override ConnectionOutcome BrokenOutcome => ConnectionOutcome.ProxyHeader;

    public override ValueTask WaitReadableAsync() => Socket.WaitReadableAsync();

    public override ValueTask<int> ReadAsync(Memory<byte> into) => new(_isKnown ? Socket.TryRead(into.Span) : ReadFirst(into.Span));

    public override ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> data) => Socket.SendAsync(data);

    public override ValueTask ShutdownSendAsync()
    {
        Socket.ShutdownSend();
        return ValueTask.CompletedTask;
    }

    private int ReadFirst(Span<byte> into)
    {
        var held = _held.AsSpan(0, _count);
        var count = Socket.TryRead(into[_count..]);
        if (count < 0)
        {
            return count;
        }

        held.CopyTo(into);
        var all = _count + count;
        switch (ProxyHeaderParser.IsHeader(into[..all]))
        {
            case true:
                connection.Listener.Refused.Add(RefusalReason.ProxyHeaderUnexpected);
                trouble.Report(connection, RefusalReason.ProxyHeaderUnexpected, "");
                return Broken;
            case null when count > 0:
                into[..all].CopyTo(_held);
                _count = all;
                return Nothing;
            default:
                // The end of data comes again at the next read.
                _isKnown = true;
                return all;
        }
    }
}
