using System.Globalization;
using System.Text.RegularExpressions;
using HaProxyNet.Tests.Architecture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Documentation;

/// <summary>Every number of a log event that a page names is that of the event it means: operators search and alert by it.</summary>
public sealed partial class EventNumbersTests
{
    /// <summary>What each page means by the numbers in it, in their order.</summary>
    private static readonly Dictionary<string, int[]> _meant = new(StringComparer.Ordinal)
    {
        ["health.md"] = [EventIds.ProbesHandshakeFailed, EventIds.RedirectedToItself],
        ["history.md"] = [EventIds.HistoryUnwritable, EventIds.HistoryFaulty],
        ["metrics.md"] = [EventIds.CountersUnreadable, EventIds.CountersUnwritable, EventIds.CountersForeign],
        ["operations.md"] = [EventIds.ControlChange, EventIds.ControlClose, EventIds.ControlRefused, EventIds.LaneHangs],
        ["tls.md"] = [EventIds.DestinationHandshakeFailed, EventIds.DestinationAlert, EventIds.ClientAlert],
        ["tls-engines.md"] = [EventIds.TlsEngineChosen, EventIds.TlsEngineFallback],
        ["certificates.md"] = [EventIds.CertificateFault, EventIds.CertificateKept, EventIds.CertificateWarning],
    };

    /// <summary>Numbers in brackets that are none of the log.</summary>
    private static readonly Dictionary<string, int[]> _others = new(StringComparer.Ordinal)
    {
        // Results of LDAP (RFC 4511, A.2).
        ["health.md"] = [51, 52, 80],

        // Microseconds of a handshake.
        ["tls-engines.md"] = [850],
    };

    public static TheoryData<string> Pages => new(
    [
        "certificates.md", "configuration.md", "failover.md", "health.md", "history.md", "metrics.md", "operations.md", "tls.md",
        "tls-engines.md", "upgrade-iqservice.md",
    ]);

    [Theory, MemberData(nameof(Pages))]
    public void EveryNumber_IsThatOfTheEvent(string page)
    {
        var numbers = File.ReadLines(Path.Combine(SourceFile.Root(), "docs", page))
            .SelectMany(line => Numbers().Matches(line))
            .SelectMany(match => Digits().Matches(match.Value).Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture)))
            .Where(number => !_others.GetValueOrDefault(page, []).Contains(number));

        Assert.Equal(_meant.GetValueOrDefault(page, []), numbers);
    }

    /// <summary><c>(81)</c>, <c>(62, 63)</c>, <c>event 140</c>, <c>(event 83)</c>, <c>(141: …)</c>.</summary>
    [GeneratedRegex(@"\(\d{2,3}(, \d{2,3})*\)|\bevent \d{1,3}\b|\(\d{3}: ", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\d+", RegexOptions.None, 60_000)]
    private static partial Regex Digits();
}
