namespace HaProxyNet.Configuration;

/// <summary>Which transport moves the bytes.</summary>
public enum EngineKind
{
    /// <summary>The Reactor on Linux, the Managed engine elsewhere and where the system does not allow epoll.</summary>
    Auto,

    /// <summary>Linux: epoll threads and splice.</summary>
    Reactor,

    /// <summary>Any operating system: .NET sockets.</summary>
    Managed,
}
