namespace HaProxyNet.Server.Exporting;

/// <summary>Where one kind of telemetry is sent.</summary>
/// <param name="Endpoint">The address of the receiver; with http/protobuf the whole path.</param>
/// <param name="IsGrpc">gRPC, else http/protobuf.</param>
/// <param name="Headers">Headers of each request, which may hold a secret; null: none.</param>
/// <param name="Timeout">How long one export may take.</param>
internal sealed record OtlpTarget(Uri Endpoint, bool IsGrpc, string? Headers, TimeSpan Timeout)
{
    /// <summary>For messages: without anything that may be a secret.</summary>
    public override string ToString() => Endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
