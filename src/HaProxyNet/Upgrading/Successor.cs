using System.ComponentModel;
using System.Diagnostics;
using HaProxyNet.Transport.Native;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Upgrading;

/// <summary>The process that is to take over, as the one that started it sees it. One thread.</summary>
internal sealed class Successor : IDisposable
{
    /// <summary>What a shell would say of a process that SIGKILL has ended.</summary>
    private const int Killed = 128 + 9;

    private readonly Process _process;
    private bool _isKilled;

    private Successor(Process process, HandoverSocket socket) => (_process, Socket) = (process, socket);

    /// <summary>The talk with it.</summary>
    public HandoverSocket Socket { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it.</summary>
    /// <param name="binary">The executable; null: the one that runs.</param>
    /// <param name="patience">How long it may be silent.</param>
    /// <exception cref="HandoverException">It cannot be started.</exception>
    public static Successor Start(string? binary, TimeSpan patience)
    {
        var (ours, theirs) = DescriptorPassing.Pair();
        if (ours < 0)
        {
            throw new HandoverException(
                "there is no descriptor left for the socket; raise the limit of open files (LimitNOFILE, ulimit -n)");
        }

        var socket = new HandoverSocket(ours, patience);
        try
        {
            var start = SuccessorCommand.Of(binary, Environment.ProcessPath ?? "", Environment.GetCommandLineArgs(), theirs);
            DescriptorPassing.LetInherit(theirs);
            var process = Process.Start(start) ?? throw new HandoverException($"{start.FileName} was not started");
            return new Successor(process, socket);
        }
        catch (Win32Exception fault)
        {
            socket.Dispose();
            throw new HandoverException($"the new process cannot be started: {fault.Message}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        finally
        {
            _ = Libc.Close(theirs);
        }
    }

    /// <summary>Makes sure that it does nothing any more, and says how it ended.</summary>
    public string End()
    {
        try
        {
            // One that has ended by itself is to be seen as such; one that hangs is not waited for.
            if (!_process.WaitForExit(TimeSpan.FromMilliseconds(500)))
            {
                Kill();
            }

            return _isKilled && _process.ExitCode == Killed ? "it was ended" : $"it ended with exit code {_process.ExitCode}";
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            return "it is gone";
        }
    }

    /// <summary>Makes sure at once that it does nothing any more.</summary>
    public void Kill()
    {
        try
        {
            _isKilled = true;
            _process.Kill();
            _process.WaitForExit();
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            // It is gone.
        }
    }

    /// <summary>Its exit code; null: it runs. Any thread.</summary>
    public int? ExitCode
    {
        get
        {
            try
            {
                return _process.HasExited ? _process.ExitCode : null;
            }
            catch (InvalidOperationException)
            {
                // It has ended, and nobody knows how.
                return 1;
            }
        }
    }

    /// <summary>The exit code with which it has failed; null: it runs, or has ended in order.</summary>
    public int? Failure => ExitCode is { } code and not 0 ? code : null;

    public void Dispose()
    {
        Socket.Dispose();
        _process.Dispose();
    }
}
