using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaProxyNet.Hosting;

/// <summary>
/// YARP brings ASP.NET Core's data protection for cookies that a TCP proxy does not have. At its start it would write keys to the home
/// folder, or warn that it cannot. An application that embeds the proxy may need them; the executable and the rehearsal do not.
/// </summary>
internal static class UnusedKeys
{
    private const string Owner = "Microsoft.AspNetCore.DataProtection";

    /// <summary>
    /// Takes out what makes keys at the start, and puts a provider that has none in the place of what would make them later.
    /// </summary>
    public static void LeaveOut(IServiceCollection services)
    {
        foreach (var starter in services
            .Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly.GetName().Name == Owner)
            .ToList())
        {
            services.Remove(starter);
        }

        services.AddSingleton<IDataProtectionProvider, NoKeys>();
    }

    private sealed class NoKeys : IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => throw new NotSupportedException("The proxy has no cookies to protect.");

        public byte[] Unprotect(byte[] protectedData) => throw new NotSupportedException("The proxy has no cookies to read.");
    }
}
