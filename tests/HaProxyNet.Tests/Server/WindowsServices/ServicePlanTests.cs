using HaProxyNet.Server.WindowsServices;

namespace HaProxyNet.Tests.Server.WindowsServices;

/// <summary>What Windows would be asked to do; nothing of it runs here.</summary>
public sealed class ServicePlanTests
{
    private const string Executable = @"C:\Program Files\HaProxyNet\haproxynet.exe";
    private const string Configuration = @"C:\ProgramData\HaProxyNet\haproxynet.json";
    private const string Folder = @"C:\ProgramData\HaProxyNet";

    [Fact]
    public void Install_OwnAccount_DelayedStartAndRecovery()
    {
        var steps = Lines(ServicePlan.Install(Executable, Configuration, Folder, account: null));

        Assert.Contains($"sc.exe|create|haproxynet|binPath=|\"{Executable}\" run --config \"{Configuration}\"|DisplayName=|HaProxyNet "
            + "failover proxy|start=|delayed-auto|obj=|NT SERVICE\\haproxynet", steps);
        Assert.Contains("sc.exe|failure|haproxynet|reset=|86400|actions=|restart/1000/restart/5000/restart/60000", steps);
        Assert.Contains("sc.exe|failureflag|haproxynet|1", steps);
        Assert.Contains(steps, step => step.StartsWith("reg.exe|add|", StringComparison.Ordinal)
            && step.Contains(@"EventLog\Application\HaProxyNet", StringComparison.Ordinal));
        Assert.Contains($"icacls.exe|{Folder}|/grant|NT SERVICE\\haproxynet:(OI)(CI)M", steps);
        Assert.DoesNotContain(steps, step => step.Contains("managedaccount", StringComparison.Ordinal));
    }

    [Fact]
    public void Install_ManagedAccount_TheDomainKeepsItsPassword()
    {
        var steps = Lines(ServicePlan.Install(Executable, Configuration, Folder, @"CORP\svc-proxy$"));

        Assert.Contains(steps, step => step.EndsWith(@"|obj=|CORP\svc-proxy$", StringComparison.Ordinal));
        Assert.Contains("sc.exe|managedaccount|haproxynet|true", steps);
        Assert.Contains($"icacls.exe|{Folder}|/grant|CORP\\svc-proxy$:(OI)(CI)M", steps);
    }

    [Fact]
    public void Uninstall_ServiceAndEventSource()
        => Assert.Equal(
            ["sc.exe|delete|haproxynet", @"reg.exe|delete|HKLM\SYSTEM\CurrentControlSet\Services\EventLog\Application\HaProxyNet|/f"],
            Lines(ServicePlan.Uninstall()));

    [Theory]
    [InlineData(@"CORP\svc$", true)]
    [InlineData(@"CORP\svc", false)]
    [InlineData(@"svc$", false)]
    [InlineData(@"CORP\$", false)]
    [InlineData(@"A\B\c$", false)]
    public void Account_OnlyManagedOnes(string account, bool isGood) => Assert.Equal(isGood, ServicePlan.ProblemOf(account) is null);

    [Theory]
    [InlineData("install")]
    [InlineData("uninstall")]
    [InlineData("status")]
    public async Task Command_NotOnWindows_OneSentence(string verb)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "it would do it");

        var run = await CommandRun.OfAsync("service", verb);

        Assert.Equal((1, 0), (run.ExitCode, run.Output.Count));
        Assert.Contains("this is for Windows", Assert.Single(run.Error), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Lines(IEnumerable<ServiceStep> steps)
        => [.. steps.Select(step => $"{step.Command}|{string.Join('|', step.Arguments)}")];
}
