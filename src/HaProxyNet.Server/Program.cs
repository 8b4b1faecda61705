using HaProxyNet.Server;
using HaProxyNet.Server.Running;

// First: a signal that comes before ends the process, and a closed standard stream is a pipe of the runtime.
StandardStreams.Ensure();
if (!DescriptorLimit.IsEnough() || !ThreadRoom.IsEnough(args))
{
    return 1;
}

SignalMask.Clear();
using var signals = EarlySignals.Hold(args);
WorkingFolder.Ensure(Console.Error);
return await CommandTree.InvokeAsync(args, Console.Out, Console.Error);
