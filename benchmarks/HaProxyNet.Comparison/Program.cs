using HaProxyNet.Comparison.Running;

if (!OperatingSystem.IsLinux())
{
    await Console.Error.WriteLineAsync("The comparison needs Linux: its peers, its load generators and its figures come from there.");
    return 1;
}

return await ComparisonCommand.Build().Parse(args).InvokeAsync();
