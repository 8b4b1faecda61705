using System.Net.Sockets;
using System.Security;
using System.Security.Cryptography;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaProxyNet.Telemetry;

/// <summary>
/// What is thrown at a boundary comes here: it is counted, logged once a minute and place at most, and ends nothing but the piece of work
/// that threw it. No method throws. Any thread.
/// </summary>
internal sealed partial class InternalFaults(ILogger<InternalFaults> logger, TimeProvider time)
{
    private static readonly TimeSpan _betweenLines = TimeSpan.FromMinutes(1);

    private readonly long[] _counts = new long[FaultPlaces.All.Count];
    private readonly long[] _logged = new long[FaultPlaces.All.Count];
    private readonly long[] _silent = new long[FaultPlaces.All.Count];

    /// <summary>For parts that stand alone, in tests and tools: counts, and logs nothing.</summary>
    public InternalFaults()
        : this(NullLogger<InternalFaults>.Instance, TimeProvider.System)
    {
    }

    /// <summary>Tests: called at each boundary before its work; what it throws is thrown there. Null: nothing.</summary>
    public Action<FaultPlace>? Injection { get; set; }

    /// <summary>How many faults there were at this place.</summary>
    public long this[FaultPlace place] => Volatile.Read(ref _counts[(int)place]);

    /// <summary>Runs a piece of work at a boundary. What it throws is reported.</summary>
    public void Contain<T>(FaultPlace place, Action<T> work, T state)
    {
        try
        {
            Injection?.Invoke(place);
            work(state);
        }
#pragma warning disable CA1031 // This is the boundary.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Report(place, fault);
        }
    }

    /// <summary>Runs a piece of work at a boundary that nothing waits for. What it throws is reported.</summary>
    public async Task ContainAsync<T>(FaultPlace place, Func<T, Task> work, T state)
    {
        try
        {
            Injection?.Invoke(place);
            await work(state);
        }
#pragma warning disable CA1031 // This is the boundary.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Report(place, fault);
        }
    }

    /// <summary>Counts a fault and logs it.</summary>
    public void Report(FaultPlace place, Exception fault)
    {
        Interlocked.Increment(ref _counts[(int)place]);
        try
        {
            Log(place, fault);
        }
#pragma warning disable CA1031 // A log that fails must not end what the fault did not.
        catch (Exception)
#pragma warning restore CA1031
        {
            Interlocked.Increment(ref _counts[(int)FaultPlace.Log]);
        }
    }

    private void Log(FaultPlace place, Exception fault)
    {
        var now = time.GetTimestamp();
        var last = Volatile.Read(ref _logged[(int)place]);
        if ((last != 0 && time.GetElapsedTime(last, now) < _betweenLines)
            || Interlocked.CompareExchange(ref _logged[(int)place], now == 0 ? 1 : now, last) != last)
        {
            Interlocked.Increment(ref _silent[(int)place]);
            return;
        }

        var silent = Interlocked.Exchange(ref _silent[(int)place], 0);
        if (IsForeseeable(fault))
        {
            LogForeseeable(place.Label(), fault.Message, place.Consequence(), silent);
        }
        else
        {
            LogFault(place.Label(), fault.Message, place.Consequence(), silent, fault);
        }
    }

    /// <summary>
    /// What a disk, a network or a file's content can cause at any time is no fault of the code: where in it says nothing.
    /// </summary>
    private static bool IsForeseeable(Exception fault)
        => fault is IOException or SocketException or UnauthorizedAccessException or SecurityException or CryptographicException
            or TimeoutException;

    [LoggerMessage(EventIds.ForeseeableFault, LogLevel.Error,
        "Fault in {Place}: {Fault} {Consequence}. Everything else goes on. {Silent} more since the last such line.")]
    private partial void LogForeseeable(string place, string fault, string consequence, long silent);

    [LoggerMessage(EventIds.InternalFault, LogLevel.Error,
        "Fault of the proxy itself in {Place}: {Fault} {Consequence}. Everything else goes on. {Silent} more since the last such line. "
            + "Please report this.")]
    private partial void LogFault(string place, string fault, string consequence, long silent, Exception exception);
}
