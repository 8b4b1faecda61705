using System.Runtime.Versioning;
using HaProxyNet.Comparison.Running;

[assembly: SupportedOSPlatform("linux")]

return await ComparisonCommand.Build().Parse(args).InvokeAsync();
