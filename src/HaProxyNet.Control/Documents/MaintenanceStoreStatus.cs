namespace HaProxyNet.Control.Documents;

/// <summary>The shared maintenance store in <c>/api/v1/status</c>.</summary>
/// <param name="Up">Whether it can be used.</param>
/// <param name="Problem">Why not; null: it can, or has not been asked yet.</param>
public sealed record MaintenanceStoreStatus(bool Up, string? Problem);
