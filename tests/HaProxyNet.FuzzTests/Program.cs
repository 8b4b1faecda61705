using HaProxyNet.FuzzTests;

return FuzzCommand.Build().Parse(args).Invoke();
