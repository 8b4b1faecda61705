using System.Globalization;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.ConsoleLog;

/// <summary>
/// Writes lines from a thread of its own, many at a time. Whoever logs pays for a copy into a buffer and for no system call, and never waits
/// for a slow reader: lines that find no room are counted and lost. (The framework's console logger costs a wake-up and a write a line.)
/// </summary>
internal sealed class LineWriter : IDisposable
{
    /// <summary>A second of lines at ten thousand connections a second, and more.</summary>
    public const int DefaultCapacity = 4 * 1024 * 1024;

    /// <summary>Lines of this time are written together: waking the thread costs more than a line does, and who reads along does not notice.</summary>
    private static readonly TimeSpan _gather = TimeSpan.FromMilliseconds(50);

    /// <summary>What a reader that has stopped reading may delay the end of the process by.</summary>
    private static readonly TimeSpan _longestClose = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _filled = new(initialState: false);
    private readonly ManualResetEvent _closing = new(initialState: false);
    private readonly LineFormat _format;
    private readonly TimeProvider _time;
    private readonly Stream _output;
    private readonly LogLosses _losses;
    private readonly byte[] _lossPrefix;
    private readonly Thread _thread;
    private LineBuffer _filling;
    private LineBuffer _writing;
    private long _lost;
    private bool _isClosed;

    /// <summary>Starts the thread.</summary>
    public LineWriter(Stream output, LineFormat format, TimeProvider time, LogLosses losses, int capacity = DefaultCapacity)
    {
        (_output, _format, _time, _losses) = (output, format, time, losses);
        (_filling, _writing) = (new LineBuffer(capacity), new LineBuffer(capacity));
        _lossPrefix = LinePrefix.Of(format, LogLevel.Warning, typeof(LineWriter).FullName!, default);
        _thread = new Thread(WriteUntilClosed) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>Adds a line. From any thread.</summary>
    public void Add(ReadOnlySpan<byte> prefix, string message)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            var isFirst = _filling.IsEmpty;
            Added(_filling.TryAdd(Now, prefix, message), isFirst);
        }
    }

    /// <summary>Adds a line that writes itself. From any thread.</summary>
    public void Add<T>(ReadOnlySpan<byte> prefix, in T message)
        where T : struct, IUtf8SpanFormattable
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            var isFirst = _filling.IsEmpty;
            Added(_filling.TryAdd(Now, prefix, message), isFirst);
        }
    }

    /// <summary>Writes what there is, and ends. Lines that are added later are lost.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _closing.Set();
            _filled.Set();
        }

        if (_thread.Join(_longestClose))
        {
            _filled.Dispose();
            _closing.Dispose();
        }
    }

    /// <summary>Wakes the thread at the first line of a batch; counts one that found no room. Under the lock.</summary>
    private void Added(bool hasRoom, bool isFirst)
    {
        if (!hasRoom)
        {
            _lost++;
            _losses.Add(LogOutput.Console);
        }
        else if (isFirst)
        {
            _filled.Set();
        }
    }

    private DateTimeOffset? Now => _format is LineFormat.Timestamped ? _time.GetUtcNow() : null;

    private void WriteUntilClosed()
    {
        bool isClosing;
        do
        {
            _filled.WaitOne();
            isClosing = _closing.WaitOne(_gather);
            Take();
            Write();
        }
        while (!isClosing);

        // How much was lost, if something was.
        Take();
        Write();
    }

    private void Write()
    {
        try
        {
            _output.Write(_writing.Written);
            _output.Flush();
        }
#pragma warning disable CA1031 // This thread must live: a disk is full, a pipe broken, the descriptor closed or not for writing.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Nobody is there to read, or to be notified; the metrics say how much was lost.
            _losses.Add(LogOutput.Console, _writing.Written.Count((byte)'\n'));
        }

        _writing.Clear();
    }

    private void Take()
    {
        lock (_gate)
        {
            (_filling, _writing) = (_writing, _filling);
            if (_lost > 0 && _filling.TryAdd(Now, _lossPrefix, string.Create(CultureInfo.InvariantCulture, $"{_lost} log lines were lost: nobody read them fast enough.")))
            {
                _lost = 0;
                _filled.Set();
            }
        }
    }
}
