using System.Net;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Server.Systemd;

namespace HaProxyNet.Tests.Server.Systemd;

public sealed class ActivationRulesTests
{
    private static readonly IPEndPoint _address = new(IPAddress.Loopback, 389);

    [Theory]
    [InlineData("ldap", "127.0.0.1:389", null)]
    [InlineData("ldaps", "127.0.0.1:389", "Listeners: the service manager passes a socket named 'ldaps', and there is no listener 'ldaps'")]
    [InlineData("", "127.0.0.1:389", "Listeners: the service manager passes a socket named '', and there is no listener ''")]
    [InlineData("ldap", "0.0.0.0:389", "the service manager's socket listens on 0.0.0.0:389, and the endpoint here is 127.0.0.1:389")]
    [InlineData("ldap", null, "the service manager's socket for listener 'ldap' is no TCP socket that listens")]
    public void Check_NameAndAddress_MustBeTheListeners(string name, string? address, string? fault)
    {
        var faults = ActivationRules.Check(Options(EngineKind.Auto), [(name, address is null ? null : IPEndPoint.Parse(address))]);

        Assert.Equal(fault is null ? 0 : 1, faults.Count);
        Assert.All(faults, one => Assert.Contains(fault!, $"{one}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(EngineKind.Auto)]
    [InlineData(EngineKind.Reactor)]
    [InlineData(EngineKind.Managed)]
    public void Check_EveryEngine_TakesThem(EngineKind engine)
        => Assert.Empty(ActivationRules.Check(Options(engine), [("ldap", _address)]));

    private static ProxyOptions Options(EngineKind engine)
        => new() { Engine = engine, Listeners = { ["ldap"] = new ListenerOptions { Endpoint = $"{_address}" } } };
}
