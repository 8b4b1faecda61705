using HaProxyNet.StressTests;

return await StressCommand.Build().Parse(args).InvokeAsync();
