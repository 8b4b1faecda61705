using System.Net;

namespace HaProxyNet.Comparison.Works;

/// <summary>The pair behind the proxies.</summary>
internal interface IBackend : IAsyncDisposable
{
    /// <summary>The destination that is to be preferred.</summary>
    IPEndPoint Primary { get; }

    /// <summary>The other one.</summary>
    IPEndPoint Secondary { get; }
}
