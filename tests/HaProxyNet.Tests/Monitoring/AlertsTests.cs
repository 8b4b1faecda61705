using HaProxyNet.Tests.Architecture;

namespace HaProxyNet.Tests.Monitoring;

/// <summary>Each alert says how bad it is and what to do, and is tested in both ways.</summary>
public sealed class AlertsTests
{
    public static TheoryData<string> Names => new(MonitoringPack.Alerts.Keys);

    [Fact]
    public void Alerts_AreFourteenAtLeast() => Assert.True(MonitoringPack.Alerts.Count >= 14);

    [Theory, MemberData(nameof(Names))]
    public void Alert_HasSeveritySummaryAndDescription(string name)
    {
        var rule = MonitoringPack.Alerts[name];

        Assert.Matches("""\n      severity: "(critical|warning|info)"\n""", rule + '\n');
        Assert.Matches("""\n      summary: "[^"]+\."\n""", rule);
        Assert.Matches("""\n      description: "[^"]+\."\n""", rule);
        Assert.Contains($"runbook_url: \"docs/runbooks/{name}.md\"", rule, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public void Runbook_SaysWhatItMeansWhatToLookAtAndWhatToDo(string name)
    {
        var page = File.ReadAllText(Path.Combine(SourceFile.Root(), "docs", "runbooks", name + ".md"));

        Assert.StartsWith($"# {name}\n", page, StringComparison.Ordinal);
        Assert.Contains("Severity: " + MonitoringPack.Alerts[name].Split("severity: \"")[1].Split('"')[0], page, StringComparison.Ordinal);
        Assert.All(
            (string[])["## What it means", "## What to look at", "## What to do"],
            part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.Contains("```sh\n", page, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public void Alert_IsTestedToFireAndToBeSilent(string name)
    {
        var tests = MonitoringPack.RuleTests.Split($"alertname: {name}\n").Skip(1).Select(t => t.TrimStart().Split('\n')[0]).ToList();

        Assert.Contains("exp_alerts:", tests);
        Assert.Contains("exp_alerts: []", tests);
    }

    [Fact]
    public void Runbooks_EachBelongsToAnAlert()
        => Assert.Equal(
            MonitoringPack.Alerts.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(SourceFile.Root(), "docs", "runbooks"), "*.md")
                .Select(Path.GetFileNameWithoutExtension)
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Documentation_ListsEachAlertWithItsSeverity()
    {
        var page = File.ReadAllText(Path.Combine(SourceFile.Root(), "docs", "monitoring.md"));

        Assert.All(MonitoringPack.Alerts, alert => Assert.Contains(
            $"| [{alert.Key}](runbooks/{alert.Key}.md) | {alert.Value.Split("severity: \"")[1].Split('"')[0]} |", page,
            StringComparison.Ordinal));
    }
}
