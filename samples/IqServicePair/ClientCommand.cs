using System.CommandLine;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Clients;
using HaProxyNet.Simulator.Load;
using HaProxyNet.Simulator.Workloads;

namespace IqServicePair;

/// <summary><c>client</c>: a steady rate of requests for a while, a line a second, then the sum.</summary>
internal static class ClientCommand
{
    public static Command Create()
    {
        var target = new Option<EndPoint>("--target")
        {
            Description = "host and port of the proxy, or of an agent",
            Required = true,
            CustomParser = Arguments.ReadTarget,
        };
        var rate = new Option<double>("--rate") { Description = "requests a second", DefaultValueFactory = _ => 200 };
        var duration = new Option<TimeSpan>("--duration")
        {
            Description = "how long to send, such as 60s",
            CustomParser = Arguments.ReadTime,
            DefaultValueFactory = _ => TimeSpan.FromSeconds(10),
        };
        var workload = new Option<WorkloadProfile>("--workload")
        {
            Description = "ping (no work), quick (5-50 ms; the default), brisk (up to 2 s), typical (up to a minute)",
            CustomParser = Arguments.ReadWorkload,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "makes operations, durations and sizes repeatable",
            DefaultValueFactory = _ => 1,
        };
        var timeout = new Option<TimeSpan>("--timeout")
        {
            Description = "how long to wait for one reply",
            CustomParser = Arguments.ReadTime,
            DefaultValueFactory = _ => TimeSpan.FromMinutes(2),
        };
        var ledgers = new Option<FileInfo[]>("--ledgers")
        {
            Description = "the agents' ledger files, to count duplicates",
            AllowMultipleArgumentsPerToken = true,
        };
        var tlsName = new Option<string>("--tls-name")
        {
            Description = "speak TLS, and expect a certificate for this name",
            DefaultValueFactory = _ => "",
        };
        var authorities = new Option<FileInfo?>("--ca") { Description = "a PEM file with the authorities that may have issued it" };
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() <= 0)
            {
                result.AddError("--rate must be more than 0");
            }
        });

        var command = new Command("client", "Sends requests at a steady rate; exit 1 when one failed or was executed twice.")
        {
            target,
            rate,
            duration,
            workload,
            seed,
            timeout,
            ledgers,
            tlsName,
            authorities,
        };
        command.SetAction(parsed => RunAsync(
            new SimulatedClientOptions
            {
                Target = parsed.GetValue(target)!,
                Timeout = parsed.GetValue(timeout),
                TlsServerName = parsed.GetValue(tlsName)!,
                Authorities = ReadAuthorities(parsed.GetValue(authorities)),
            },
            new OpenLoopLoadOptions
            {
                Rate = parsed.GetValue(rate),
                Duration = parsed.GetValue(duration),
                Workload = parsed.GetValue(workload) ?? WorkloadProfile.Quick,
                Seed = parsed.GetValue(seed),
            },
            parsed.GetValue(ledgers) ?? []));
        return command;
    }

    private static X509Certificate2Collection ReadAuthorities(FileInfo? file)
    {
        var read = new X509Certificate2Collection();
        if (file is not null)
        {
            read.ImportFromPemFile(file.FullName);
        }

        return read;
    }

    private static async Task<int> RunAsync(SimulatedClientOptions clientOptions, OpenLoopLoadOptions options, FileInfo[] ledgerFiles)
    {
        using var stop = new StopSignal();
        await WarmUp.RunAsync();
        var ledgers = ledgerFiles.Select(file => (File: file, Ledger: new RequestLedger())).ToArray();
        var load = new OpenLoopLoad(new SimulatedClient(clientOptions), options, [.. ledgers.Select(entry => entry.Ledger)]);
        var run = load.RunAsync(stop.Token);
        await PrintUntilAsync(load, run);

        // The agents' end of the count: only now, when nothing is under way any more, is it complete.
        await run;
        foreach (var (file, ledger) in ledgers)
        {
            await ledger.LoadAsync(file.Name, file.FullName);
        }

        var report = load.Audit();
        Console.WriteLine(report.ToLine());
        if (report.FirstError is { } error)
        {
            await Console.Error.WriteLineAsync($"first failure: {error}");
        }

        return report is { Failed: 0, Duplicates: 0, Unexecuted: 0 } ? 0 : 1;
    }

    private static async Task PrintUntilAsync(OpenLoopLoad load, Task run)
    {
        while (await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(1))) != run)
        {
            var report = load.Snapshot();
            Console.WriteLine(
                $"t={report.Elapsed.TotalSeconds:F0}s sent={report.Sent} ok={report.Ok} failed={report.Failed} in_flight="
                    + $"{report.InFlight} added_wait_p99_ms={report.AddedWait.P99.TotalMilliseconds:F3} "
                    + string.Join(
                        ' ',
                        report.ByAgent
                            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                            .Select(entry => $"ok_by_{entry.Key}={entry.Value}")));
        }
    }
}
