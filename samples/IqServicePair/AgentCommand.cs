using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Load;

namespace IqServicePair;

/// <summary><c>agent</c>: one agent until SIGTERM or SIGINT, which it obeys without losing a request.</summary>
internal static class AgentCommand
{
    public static Command Create()
    {
        var listen = new Option<IPEndPoint>("--listen")
        {
            Description = "IP address and port to listen on",
            Required = true,
            CustomParser = Arguments.ReadListenAddress,
        };
        var name = new Option<string>("--name") { Description = "the agent's name in replies", DefaultValueFactory = _ => "agent" };
        var version = new Option<string>("--agent-version") { Description = "the version in replies", DefaultValueFactory = _ => "1.0" };
        var fault = new Option<AgentFault>("--fault") { Description = "what is wrong with it" };
        var accept = new Option<AcceptMode>("--accept")
        {
            Description = "thread, serial, or the number of workers in a pool",
            CustomParser = Arguments.ReadAcceptMode,
        };
        var statsEvery = new Option<TimeSpan>("--stats-every")
        {
            Description = "print the counters so often, such as 1s; 0 for never",
            CustomParser = Arguments.ReadTime,
        };
        var ledger = new Option<FileInfo?>("--ledger") { Description = "append the id of each executed request to this file" };
        var drain = new Option<TimeSpan>("--drain")
        {
            Description = "how long a stop waits for requests under way",
            CustomParser = Arguments.ReadTime,
            DefaultValueFactory = _ => TimeSpan.FromSeconds(90),
        };

        var certificate = new Option<FileInfo?>("--certificate") { Description = "a PEM file with a certificate: the agent speaks TLS" };
        var key = new Option<FileInfo?>("--key") { Description = "the PEM file with its key" };

        var command = new Command("agent", "Runs one agent until SIGTERM or SIGINT.")
        {
            listen,
            name,
            version,
            fault,
            accept,
            statsEvery,
            ledger,
            drain,
            certificate,
            key,
        };
        command.SetAction(parsed => RunAsync(
            new SimulatedAgentOptions
            {
                Endpoint = parsed.GetValue(listen)!,
                Name = parsed.GetValue(name)!,
                Version = parsed.GetValue(version)!,
                Fault = parsed.GetValue(fault),
                AcceptMode = parsed.GetValue(accept),
                Certificate = parsed.GetValue(certificate) is { } file
                    ? X509Certificate2.CreateFromPemFile(file.FullName, parsed.GetValue(key)?.FullName)
                    : null,
            },
            parsed.GetValue(ledger)?.FullName,
            parsed.GetValue(statsEvery),
            parsed.GetValue(drain)));
        return command;
    }

    private static async Task<int> RunAsync(SimulatedAgentOptions options, string? ledgerPath, TimeSpan statsEvery, TimeSpan drain)
    {
        using var stop = new StopSignal();
        await using var journal = ledgerPath is null ? null : OpenJournal(ledgerPath);
        var ledger = new RequestLedger(journal);
        if (ledgerPath is not null)
        {
            // What an earlier life of this agent executed must not be executed again either.
            await ledger.LoadAsync(options.Name, ledgerPath);
        }

        await WarmUp.RunAsync();
        await using var agent = new SimulatedAgent(options, ledger);
        try
        {
            await agent.StartAsync();
        }
        catch (SocketException taken)
        {
            await Console.Error.WriteLineAsync(
                $"--listen {options.Endpoint}: {taken.Message}; choose an address of this machine and a free port");
            return 1;
        }

        Console.WriteLine($"agent={options.Name} listening={agent.EndPoint}");
        await PrintUntilAsync(agent, statsEvery, stop.Token);
        var isDrained = await agent.DrainAsync(drain);
        agent.Kill();
        Print(agent);
        return isDrained ? 0 : 1;
    }

    // Unbuffered below the writer: a flush is one write to the kernel, which a kill -9 cannot take back.
    private static StreamWriter OpenJournal(string path) =>
        new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
        {
            NewLine = "\n",
        };

    private static async Task PrintUntilAsync(SimulatedAgent agent, TimeSpan every, CancellationToken stop)
    {
        var pause = every > TimeSpan.Zero ? every : Timeout.InfiniteTimeSpan;
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested)
            {
                Print(agent);
            }
        }
    }

    private static void Print(SimulatedAgent agent)
    {
        var counters = agent.Counters;
        Console.WriteLine(
            $"agent={agent.Options.Name} accepted={counters.Accepted} empty={counters.Empty} incomplete={counters.Incomplete} requests="
                + $"{counters.Requests} duplicates={counters.Duplicates} replies={counters.RepliesSent} in_progress="
                + $"{counters.InProgress} longest_queue_wait_ms={counters.LongestQueueWait.TotalMilliseconds:F3}");
    }
}
