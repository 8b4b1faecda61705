using HaProxyNet.Server.Systemd;

namespace HaProxyNet.Tests.Server.Systemd;

public sealed class ActivationEnvironmentTests
{
    private const int ThisProcess = 42;

    [Theory]
    [InlineData("42", "2", "ldap:ldaps", "3=ldap 4=ldaps")]
    [InlineData("42", "1", "ldap", "3=ldap")]
    [InlineData("42", "2", "ldap", "3=ldap 4=")]
    [InlineData("42", "1", null, "3=")]
    [InlineData("41", "1", "ldap", "")]
    [InlineData(null, "1", "ldap", "")]
    [InlineData("42", null, "ldap", "")]
    [InlineData("42", "0", "", "")]
    [InlineData("42", "-1", "ldap", "")]
    [InlineData("42", "many", "ldap", "")]
    [InlineData("42", "4097", "ldap", "")]
    [InlineData("42", "99999999999", "ldap", "")]
    public void Read_SocketsOfThisProcess_WithTheirNames(string? process, string? count, string? names, string expected)
    {
        var variables = new Dictionary<string, string?> { ["LISTEN_PID"] = process, ["LISTEN_FDS"] = count, ["LISTEN_FDNAMES"] = names };

        var sockets = ActivationEnvironment.Read(variables.GetValueOrDefault, ThisProcess);

        Assert.Equal(expected, string.Join(' ', sockets.Select(socket => $"{socket.Descriptor}={socket.Name}")));
    }
}
