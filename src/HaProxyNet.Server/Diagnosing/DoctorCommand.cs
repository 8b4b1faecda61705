using System.CommandLine;
using System.Text.Json;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Server.CommandLine;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Peers;
using Spectre.Console;

namespace HaProxyNet.Server.Diagnosing;

/// <summary><c>doctor</c>: looks at every destination once, as a client would, and says what is wrong and what to do.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var file = ConfigurationOptions.File();
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        var command = new Command(
            "doctor",
            "Looks at every destination once: address, accept, TLS, certificate; says what to do; exit code 0 or 1.") { file, json };
        command.SetAction((result, stop) => RunAsync(
            ConfigurationFile.Load(ConfigurationOptions.PathOf(result.GetValue(file))), result.GetValue(json),
            result.InvocationConfiguration, TimeProvider.System, stop));
        return command;
    }

    private static async Task<int> RunAsync(
        LoadedConfiguration loaded,
        bool isJson,
        InvocationConfiguration invocation,
        TimeProvider time,
        CancellationToken stop)
    {
        if (loaded.Reading.Options is not { } options)
        {
            FaultPrinter.Print(invocation.Error, loaded.Reading.Faults);
            return 1;
        }

        var report = await ExamineAsync(options, loaded.Reading.Warnings, time, stop);
        Print(report, isJson, invocation.Output);
        return report.Ok ? 0 : 1;
    }

    private static async Task<DoctorReport> ExamineAsync(
        ProxyOptions options,
        IReadOnlyList<ConfigurationFault> warnings,
        TimeProvider time,
        CancellationToken stop)
    {
        var loaded = CertificateAvailability.Check(options, time);
        var connections = Loaded(ClusterCertificates.OfConnections(options, time));
        var trial = new ProbeTrial(connections, Loaded(ClusterCertificates.OfProbes(options, time)), time);
        var facts = await new Examination(connections, trial, time).RunAsync(DestinationCase.Of(options), stop);
        var now = time.GetUtcNow();
        Finding[] findings =
        [
            .. loaded.Faults.Select(fault => Of(Severity.Fault, fault)),
            .. warnings.Concat(loaded.Warnings).Select(warning => Of(Severity.Warning, warning)),
            .. Diagnosis.Of(facts, now),
            .. SystemNotes.Certificates(loaded.Listeners),
            SystemNotes.HalfOpen(OperatingSystem.IsLinux()),
            SystemNotes.Clock(facts, now),
        ];
        return new DoctorReport(
            now, !findings.Any(f => f.Severity is Severity.Fault), [.. facts.Select(one => DestinationReport.Of(one, now))], findings);
    }

    private static Dictionary<string, ClusterCertificates> Loaded(IEnumerable<ClusterCertificates> certificatesOfClusters)
    {
        var all = certificatesOfClusters.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var certificates in all.Values)
        {
            // What cannot be loaded was said before; its rules then refuse with that reason.
            _ = certificates.Renew();
        }

        return all;
    }

    private static Finding Of(Severity severity, ConfigurationFault fault) => new(severity, fault.Path, fault.Problem, fault.Allowed);

    private static void Print(DoctorReport report, bool isJson, TextWriter output)
    {
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(report, DoctorJson.Default.DoctorReport));
        }
        else if (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected)
        {
            DoctorTable.Print(AnsiConsole.Console, report);
        }
        else
        {
            DoctorLines.Print(output, report);
        }
    }
}
