using System.CommandLine;
using IqServicePair;

var root = new RootCommand("Simulated IQService agents and a client, each a process of its own.")
{
    AgentCommand.Create(),
    ClientCommand.Create(),
};

// The commands take SIGTERM and SIGINT themselves: an agent ends only when its requests have.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
