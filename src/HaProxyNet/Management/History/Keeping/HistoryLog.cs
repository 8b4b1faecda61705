using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>What the operator gets to know of the history itself: each trouble once, and its end. One caller at a time.</summary>
internal sealed partial class HistoryLog(ILogger<HistoryLog> logger)
{
    private bool _isTold;

    /// <summary>What was there at the start.</summary>
    public void Found(string folder, IReadOnlyList<string> faulty)
    {
        if (faulty.Count > 0)
        {
            LogFaulty(folder, string.Join(", ", faulty));
        }
    }

    /// <summary>It could not be written.</summary>
    public void NotWritten(string folder, Exception fault)
    {
        if (!_isTold)
        {
            _isTold = true;
            LogUnwritable(folder, fault.Message.TrimEnd('.'));
        }
    }

    /// <summary>It was written.</summary>
    public void Written(string folder, long lost)
    {
        if (_isTold)
        {
            _isTold = false;
            LogWritten(folder, lost);
        }
    }

    [LoggerMessage(EventIds.HistoryFaulty, LogLevel.Warning,
        "The history in {Folder} has files that are not as they were written: {Files}. They stay, and a new file is begun; delete them "
            + "when nobody needs them.")]
    private partial void LogFaulty(string folder, string files);

    [LoggerMessage(EventIds.HistoryUnwritable, LogLevel.Warning,
        "The history cannot be written to {Folder}: {Fault}. The proxy serves; writing is tried again every second.")]
    private partial void LogUnwritable(string folder, string fault);

    [LoggerMessage(EventIds.HistoryWritten, LogLevel.Information,
        "The history is written again to {Folder}; {Lost} records are lost since the start.")]
    private partial void LogWritten(string folder, long lost);
}
