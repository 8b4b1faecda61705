namespace HaProxyNet.Maintaining.Etcd;

/// <summary>A key of etcd.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value.</param>
/// <param name="Revision">The revision that wrote it last.</param>
internal sealed record EtcdEntry(string Key, byte[] Value, long Revision);
