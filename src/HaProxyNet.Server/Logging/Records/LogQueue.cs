using System.Globalization;
using HaProxyNet.Lines;
using HaProxyNet.Server.Logging.Formats;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Server.Logging.Records;

/// <summary>
/// Writes records from a thread of its own, many at a time. The caller pays for a copy into a buffer and for no system call, and never
/// waits for a slow output: records that find no room are counted and lost. (The framework's console logger costs a wake-up and a write a
/// line.)
/// </summary>
internal sealed class LogQueue : IDisposable
{
    /// <summary>A second of lines at ten thousand connections a second, and more.</summary>
    public const int DefaultCapacity = 4 * 1024 * 1024;

    /// <summary>
    /// Lines of this time are written together: waking the thread costs more than a line does, and a reader does not notice.
    /// </summary>
    private static readonly TimeSpan _gather = TimeSpan.FromMilliseconds(50);

    /// <summary>What an output that takes nothing any more may delay the end of the process by.</summary>
    private static readonly TimeSpan _longestClose = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _filled = new(initialState: false);
    private readonly ManualResetEvent _closing = new(initialState: false);
    private readonly TimeProvider _time;
    private readonly IRecordOutput _output;
    private readonly LogLosses _losses;
    private readonly byte[] _lossPrefix;
    private readonly Thread _thread;
    private RecordBuffer _filling;
    private RecordBuffer _writing;
    private long _lost;
    private long _saidInFilling;
    private long _saidInWriting;
    private bool _isClosed;

    /// <summary>Starts the thread.</summary>
    public LogQueue(IRecordOutput output, RecordFormat format, TimeProvider time, LogLosses losses, int capacity = DefaultCapacity)
    {
        (_output, Format, _time, _losses) = (output, format, time, losses);
        (_filling, _writing) = (new RecordBuffer(capacity), new RecordBuffer(capacity));
        _lossPrefix = format.PrefixOf(LogLevel.Warning, typeof(LogQueue).FullName!, new EventId(EventIds.LogLinesLost));
        _thread = new Thread(WriteUntilClosed) { IsBackground = true, Name = $"log {output.Kind.Label()}" };
        _thread.Start();
    }

    /// <summary>How records look.</summary>
    public RecordFormat Format { get; }

    /// <summary>Adds an event. Any thread.</summary>
    public void Add(ReadOnlySpan<byte> prefix, in LoggedEvent logged)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                var isFirst = _filling.IsEmpty;
                Format.Write(_filling, _time.GetUtcNow(), prefix, logged);
                End(isFirst);
            }
        }
    }

    /// <summary>Adds a line of a connection. Any thread.</summary>
    public void AddLine<T>(ReadOnlySpan<byte> prefix, in T line)
        where T : struct, IFieldSource
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                var isFirst = _filling.IsEmpty;
                Format.WriteLine(_filling, _time.GetUtcNow(), prefix, line);
                End(isFirst);
            }
        }
    }

    /// <summary>Writes what there is, and ends. Records that are added later are lost.</summary>
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
            _output.Dispose();
            _filled.Dispose();
            _closing.Dispose();
        }
    }

    /// <summary>Wakes the thread at the first record of a batch; counts one that found no room. Under the lock.</summary>
    private void End(bool isFirst)
    {
        if (!_filling.TryEnd())
        {
            Lose(1);
        }
        else if (isFirst)
        {
            _filled.Set();
        }
    }

    private void Lose(int records)
    {
        _lost += records;
        _losses.Add(_output.Kind, records);
    }

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
        var records = _writing.Count;
        var lost = records;
        try
        {
            lost = _output.Write(_writing, _closing);
        }
#pragma warning disable CA1031 // This thread must live: a disk is full, a pipe broken, the descriptor closed or not for writing.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Nobody is there to read, or to be notified; the metrics say how much was lost.
        }

        _writing.Clear();
        if (lost == 0)
        {
            return;
        }

        lock (_gate)
        {
            // The line about losses is no line of the log: where it is lost too, it is said again.
            var isSaidAgain = _saidInWriting > 0 && lost == records;
            Lose(isSaidAgain ? lost - 1 : lost);
            _lost += isSaidAgain ? _saidInWriting : 0;
        }
    }

    private void Take()
    {
        lock (_gate)
        {
            (_filling, _writing) = (_writing, _filling);
            (_saidInFilling, _saidInWriting) = (0, _saidInFilling);
            if (_lost == 0)
            {
                return;
            }

            var text = string.Create(CultureInfo.InvariantCulture, $"{_lost} log lines were lost: nobody read them fast enough.");
            Format.Write(_filling, _time.GetUtcNow(), _lossPrefix, new LoggedEvent(text));
            if (_filling.TryEnd())
            {
                (_lost, _saidInFilling) = (0, _lost);
                _filled.Set();
            }
        }
    }
}
