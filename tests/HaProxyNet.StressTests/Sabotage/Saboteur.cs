using System.Globalization;
using HaProxyNet.Upgrading;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.StressTests.Sabotage;

/// <summary>
/// A new process that fails while it takes over, at the step that the environment names: what <c>haproxynet upgrade --binary</c> must
/// survive.
/// </summary>
internal static class Saboteur
{
    /// <summary>The variable that names the step, or a file with it; without it this program is what it is.</summary>
    public const string Variable = "HAPROXYNET_SABOTEUR";

    /// <summary>Fails as it was asked to.</summary>
    /// <param name="step">Such as <c>Commit</c>: ends when that message comes; <c>Commit-hang</c>: says nothing any more; <c>Start-lie</c>:
    /// sends what is no message.</param>
    public static int Run(string step)
    {
        step = step.StartsWith('/') ? File.ReadAllText(step) : step;
        var (at, isSilent) = step.EndsWith("-hang", StringComparison.Ordinal) ? (step[..^5], true) : (step, false);
        if (at == "Start")
        {
            return Fail(isSilent);
        }

        if (at == "Start-lie")
        {
            var descriptor = int.Parse(Environment.GetEnvironmentVariable(SuccessorCommand.Variable)!, CultureInfo.InvariantCulture);
            DescriptorPassing.Send(descriptor, "HTTP/1.1 200 OK\r\n\r\n"u8, []);
            return Fail(isSilent: true);
        }

        using var predecessor = Predecessor.Find()!;
        if (at == "Offer")
        {
            return Fail(isSilent);
        }

        predecessor.IsReady();
        while (predecessor.Socket.Receive() is { } message)
        {
            if (message.Kind.ToString() == at)
            {
                return Fail(isSilent);
            }

            if (message.Kind is HandoverKind.Prepare)
            {
                predecessor.Socket.Send(HandoverKind.Prepared);
            }
        }

        return 4;
    }

    private static int Fail(bool isSilent)
    {
        if (isSilent)
        {
            Thread.Sleep(TimeSpan.FromMinutes(1));
        }

        return 3;
    }
}
