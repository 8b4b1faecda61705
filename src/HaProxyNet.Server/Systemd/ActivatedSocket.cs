namespace HaProxyNet.Server.Systemd;

/// <summary>A listening socket that a service manager has opened for this process.</summary>
/// <param name="Descriptor">Its descriptor.</param>
/// <param name="Name">Its name, <c>FileDescriptorName=</c> of the socket unit: the listener that it is for.</param>
internal sealed record ActivatedSocket(int Descriptor, string Name);
