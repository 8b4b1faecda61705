using HaProxyNet.StressTests;
using HaProxyNet.StressTests.Sabotage;

return Environment.GetEnvironmentVariable(Saboteur.Variable) is { Length: > 0 } step
    ? Saboteur.Run(step)
    : await StressCommand.Build().Parse(args).InvokeAsync();
