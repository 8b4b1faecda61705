namespace HaProxyNet.Tests.Configuration;

/// <summary>A file with some text for the length of a test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string text) => File.WriteAllText(Path, text);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"haproxynet-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(Path);
}
