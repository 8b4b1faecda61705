using System.Diagnostics;

namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>A process that a test started: what it wrote is kept, and it and its children end with the test.</summary>
internal class ProcessUnderTest : IAsyncDisposable
{
    private const int KeptLines = 200_000;

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();

    public ProcessUnderTest(
        string name,
        string command,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        Name = name;
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Id = _process.Id;
    }

    public string Name { get; }

    public int Id { get; }

    public bool HasExited => _process.HasExited;

    public ProcessFigures Figures => ProcessFigures.Read(Id);

    /// <summary>What it has written so far, standard output and error as they came.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public string Text => string.Join('\n', Lines);

    public void Send(int signal) => Signal.Send(Id, signal);

    /// <summary>Waits until it has written a line with this text.</summary>
    public Task HasWrittenAsync(string text) => Eventually.HoldsAsync(
        () => Wrote(text) || (HasExited ? throw new InvalidOperationException($"{Name} ended before it wrote '{text}':\n{Text}") : false),
        () => $"{Name} writes '{text}'. It wrote:\n{Text}");

    public bool Wrote(string text)
    {
        lock (_gate)
        {
            return _lines.Exists(line => line.Contains(text, StringComparison.Ordinal));
        }
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> EndAsync(TimeSpan? limit = null)
    {
        using var timeout = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(60));
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{Name} did not end. It wrote:\n{Text}");
        }

        return _process.ExitCode;
    }

    /// <summary>As kill -9: the process and its children, parents first so that none is started again.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            int[] children = [.. ProcessFigures.ChildrenOf(Id)];
            Send(Signal.Kill);
            foreach (var child in children)
            {
                Signal.Send(child, Signal.Kill);
            }
        }

        await EndAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_gate)
            {
                if (_lines.Count < KeptLines)
                {
                    _lines.Add(line);
                }
            }
        }
    }
}
