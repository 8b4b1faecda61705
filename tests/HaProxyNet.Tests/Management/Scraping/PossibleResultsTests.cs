using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.Management.Scraping;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Management.Scraping;

public sealed class PossibleResultsTests
{
    private const string Connect = "local_failure,loop,refused,reset,success,timeout,unreachable";

    [Theory]
    [InlineData(ProbeMethod.Connect, null, Connect)]
    [InlineData(ProbeMethod.Tls, null, Connect + ",closed,tls_failed")]
    [InlineData(ProbeMethod.Http, false, Connect + ",bad_answer,closed,wrong_status")]
    [InlineData(ProbeMethod.Http, true, Connect + ",bad_answer,closed,tls_failed,wrong_status")]
    [InlineData(ProbeMethod.Ldap, false, Connect + ",bad_answer,closed")]
    [InlineData(ProbeMethod.Ldap, true, Connect + ",bad_answer,closed,tls_failed")]
    public void Has_Method_CanEndAsItLooks(ProbeMethod method, bool? tls, string results)
    {
        var asked = Asked(new() { Health = { Method = method, Tls = tls } });

        Assert.Equal(results.Split(',').Order(StringComparer.Ordinal), asked[method]);
        Assert.Single(asked);
    }

    [Fact]
    public void Has_NeverProbed_Nothing() => Assert.Empty(Asked(new() { Health = { Probe = ProbeMode.Never } }));

    [Fact]
    public void Has_ProbedElsewhere_ItsOwnPortIsAskedToo()
    {
        var asked = Asked(new() { Health = { Method = ProbeMethod.Http, Port = 8443 } });

        Assert.Equal([ProbePolicy.Knock.Method, ProbeMethod.Http], asked.Keys.Order());
    }

    [Fact]
    public void Has_SpokenToWithTls_AHandshakeIsAskedFor()
        => Assert.Contains(ProbeMethod.Tls, Asked(new() { Tls = { Enabled = true }, Health = { Method = ProbeMethod.Connect } }).Keys);

    private static Dictionary<ProbeMethod, List<string>> Asked(ClusterOptions options)
    {
        var probing = ProbingPlan.Of(ClusterPlan.From(options, [], TimeSpan.TicksPerSecond));
        return PossibleResults.Probes.Where(one => PossibleResults.Has(one.Method, one.Result, probing))
            .GroupBy(one => one.Method, one => one.Result.Label())
            .ToDictionary(method => method.Key, method => method.Order(StringComparer.Ordinal).ToList());
    }
}
