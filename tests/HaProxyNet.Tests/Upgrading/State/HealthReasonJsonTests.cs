using System.Text.Json;
using HaProxyNet.Upgrading.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Upgrading.State;

public sealed class HealthReasonJsonTests
{
    [Fact]
    public void Condition_HandedOver_CarriesTheLabel()
    {
        var json = JsonSerializer.Serialize(
            new HandedDestination { Address = "a:1", Condition = new(DestinationStatus.Down, HealthReason.TimedOut, 1, 2) },
            HandedStateJson.Default.HandedDestination);

        Assert.Contains("\"Reason\":\"timeout\"", json, StringComparison.Ordinal);
        Assert.Equal(HealthReason.TimedOut, JsonSerializer.Deserialize(json, HandedStateJson.Default.HandedDestination)!.Condition.Reason);
    }

    [Fact]
    public void Condition_WithAReasonOfAnotherVersion_IsRead()
    {
        var json = """{"Address":"a:1","Condition":{"State":2,"Reason":"eaten","Since":1,"Failures":2}}""";

        var known = JsonSerializer.Deserialize(json, HandedStateJson.Default.HandedDestination)!.Condition;
        Assert.Equal((DestinationStatus.Down, HealthReason.Unknown), (known.State, known.Reason));
    }
}
