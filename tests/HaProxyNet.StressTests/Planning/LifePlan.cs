namespace HaProxyNet.StressTests.Planning;

/// <summary>What both sides of one connection do.</summary>
internal sealed record LifePlan(long Number, Scenario Scenario, SidePlan Client, SidePlan Destination);
