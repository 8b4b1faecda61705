namespace HaProxyNet.Server.Demo;

/// <summary>Shows the demo.</summary>
internal interface IDemoView
{
    /// <summary>Shows until the end.</summary>
    Task ShowAsync(DemoObserver observer, Task end, TimeProvider time);
}
