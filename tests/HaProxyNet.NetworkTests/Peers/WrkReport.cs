namespace HaProxyNet.NetworkTests.Peers;

/// <summary>What wrk counted: requests, its four kinds of socket errors, and answers that were not 2xx or 3xx.</summary>
internal sealed record WrkReport(long Requests, long Connect, long Read, long Write, long Timeout, long WrongAnswers)
{
    public long SocketErrors => Connect + Read + Write + Timeout;
}
