using System.Net.Sockets;
using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Logging.Outputs;

/// <summary>A datagram a record: journald's socket, syslog over UDP and over a Unix socket. What cannot be sent now is lost.</summary>
/// <param name="kind">Which output this is.</param>
/// <param name="connect">Makes a socket that is connected; it throws a SocketException when nothing is there.</param>
/// <param name="longest">The longest datagram, in bytes; what is longer is cut, and says so.</param>
/// <param name="state">Is notified of what became of it.</param>
/// <param name="time">The clock.</param>
/// <param name="sendLarge">Sends what no datagram holds; null: such a record is lost.</param>
internal sealed class DatagramOutput(
    LogOutput kind, Func<Socket> connect, int longest, OutputState state, TimeProvider time, SendLarge? sendLarge = null)
    : IRecordOutput
{
    /// <summary>A socket that is not there is not looked for with every record.</summary>
    private static readonly TimeSpan _betweenConnects = TimeSpan.FromSeconds(1);

    private Socket? _socket;
    private long _failedAt;

    /// <summary>A datagram of so many bytes was too long for this socket.</summary>
    private int _tooLong = int.MaxValue;

    public LogOutput Kind => kind;

    public int Write(RecordBuffer batch, WaitHandle closing)
    {
        var lost = 0;
        for (var record = 0; record < batch.Count; record++)
        {
            lost += TrySend(Cut.ToLength(batch[record], longest)) ? 0 : 1;
        }

        return lost;
    }

    public void Dispose() => _socket?.Dispose();

    /// <summary>A receiver that was started again is another one: the first failure of a socket makes a new one.</summary>
    private bool TrySend(ReadOnlySpan<byte> record)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (_socket is null && !TryConnect())
            {
                return false;
            }

            try
            {
                Send(record);
                WaitForRoom(true);
                state.Succeeded();
                return true;
            }
            catch (SocketException fault)
                when (fault.SocketErrorCode is SocketError.WouldBlock or SocketError.TimedOut or SocketError.NoBufferSpaceAvailable)
            {
                // Slow: the next one may find room, and does not wait for it.
                WaitForRoom(false);
                state.Failed("it takes nothing");
                return false;
            }
            catch (SocketException fault) when (fault.SocketErrorCode is SocketError.MessageSize)
            {
                if (sendLarge is null || _tooLong <= record.Length)
                {
                    return false;
                }

                // Those that follow need not be tried: the next turn sends this one, and them, the other way.
                (_tooLong, attempt) = (record.Length, -1);
            }
            catch (IOException fault)
            {
                state.Failed(fault.Message);
                return false;
            }
            catch (SocketException fault)
            {
                _socket!.Dispose();
                _socket = null;
                if (attempt > 0)
                {
                    state.Failed(fault.Message);
                }
            }
        }

        return false;
    }

    private void Send(ReadOnlySpan<byte> record)
    {
        if (record.Length < _tooLong)
        {
            _socket!.Send(record);
        }
        else
        {
            sendLarge!(_socket!, record);
        }
    }

    private void WaitForRoom(bool wait)
    {
        if (_socket!.Blocking != wait)
        {
            _socket.Blocking = wait;
        }
    }

    private bool TryConnect()
    {
        var now = time.GetTimestamp();
        if (_failedAt != 0 && time.GetElapsedTime(_failedAt, now) < _betweenConnects)
        {
            return false;
        }

        try
        {
            _socket = connect();
            (_failedAt, _tooLong) = (0, int.MaxValue);
            return true;
        }
        catch (SocketException fault)
        {
            _failedAt = Math.Max(1, now);
            state.Failed(fault.Message);
            return false;
        }
    }
}
