using HaProxyNet.Server;
using HaProxyNet.Server.Running;

// First: a signal that comes before ends the process, and a closed standard stream is a pipe of the runtime.
StandardStreams.Ensure();
if (!DescriptorLimit.IsEnough())
{
    return 1;
}

SignalMask.Clear();
using var signals = EarlySignals.Hold(args);
if (!ThreadRoom.IsEnough(args, Console.Error))
{
    return 1;
}

WorkingFolder.Ensure(Console.Error);
return await CommandTree.InvokeAsync(args, Console.Out, Console.Error);
