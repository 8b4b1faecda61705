using HaProxyNet.Tls.OpenSsl;

namespace HaProxyNet.FunctionalTests.Tls.Fixture;

/// <summary>The stacks that every scenario with TLS runs on: the test's name shows which.</summary>
public sealed class TlsStacks : TheoryData<TlsStack>
{
    public TlsStacks()
    {
        Add(TlsStack.Managed);
        if (OperatingSystem.IsLinux())
        {
            Add(TlsStack.ReactorSslStream);
            if (OpenSslLibrary.Version is not null)
            {
                Add(TlsStack.ReactorOpenSsl);
            }
        }
    }
}
