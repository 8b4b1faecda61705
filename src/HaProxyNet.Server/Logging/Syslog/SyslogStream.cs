using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using HaProxyNet.Server.Logging.Outputs;
using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Logging.Syslog;

/// <summary>
/// Messages over TCP or TLS, each after its length (RFC 6587, RFC 5425). While the server is away the batch is kept and the queue fills
/// behind it; what was under way when the connection broke is sent again, so a message can come twice.
/// </summary>
internal sealed class SyslogStream(SyslogConnect server, OutputState state) : IRecordOutput
{
    /// <summary>So much is given to the system at once.</summary>
    private const int Chunk = 32 * 1024;

    private readonly byte[] _frames = new byte[Chunk];
    private Socket? _socket;
    private Stream? _stream;
    private int _failures;

    public LogOutput Kind => LogOutput.Syslog;

    public int Write(RecordBuffer batch, WaitHandle closing)
    {
        var next = 0;
        while (next < batch.Count)
        {
            try
            {
                Connect();
                next = Send(batch, next);
                _failures = 0;
                state.Succeeded();
            }
            catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException or CryptographicException)
            {
                Drop();
                state.Failed((fault.InnerException ?? fault).Message);
                if (closing.WaitOne(Patience.After(++_failures)))
                {
                    return batch.Count - next;
                }
            }
        }

        return 0;
    }

    public void Dispose() => Drop();

    private void Connect()
    {
        // A server that has closed is readable and has nothing to say; a write to it would be taken by the system and lost.
        if (_socket is { } open && open.Poll(0, SelectMode.SelectRead) && open.Available == 0)
        {
            Drop();
        }

        if (_stream is null)
        {
            (_socket, _stream) = server.Open();
        }
    }

    /// <summary>Sends as many records as fit into a chunk, and returns the one that follows.</summary>
    private int Send(RecordBuffer batch, int from)
    {
        var (length, next) = (0, from);
        while (next < batch.Count && TryFrame(batch[next], ref length))
        {
            next++;
        }

        if (next == from)
        {
            // Longer than a chunk: by itself.
            var head = string.Create(CultureInfo.InvariantCulture, $"{batch[from].Length} ");
            _stream!.Write([.. head.Select(c => (byte)c), .. batch[from]]);
            next++;
        }

        _stream!.Write(_frames, 0, length);
        _stream.Flush();
        return next;
    }

    private bool TryFrame(ReadOnlySpan<byte> record, ref int length)
    {
        var room = _frames.AsSpan(length);
        if (!record.Length.TryFormat(room, out var digits, default, CultureInfo.InvariantCulture)
            || room.Length < digits + 1 + record.Length)
        {
            return false;
        }

        room[digits] = (byte)' ';
        record.CopyTo(room[(digits + 1)..]);
        length += digits + 1 + record.Length;
        return true;
    }

    private void Drop()
    {
        _stream?.Dispose();
        _socket?.Dispose();
        (_stream, _socket) = (null, null);
    }
}
