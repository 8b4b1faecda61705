using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Server.Initializing;

namespace HaProxyNet.Tests.Server.Initializing;

public sealed class AnswerSyntaxTests
{
    private const string Name = "iqservice.corp.example";

    [Theory]
    [InlineData("iqs1.corp.example", "iqs1.corp.example:6060")]
    [InlineData("iqs1.corp.example:7070", "iqs1.corp.example:7070")]
    [InlineData("10.0.0.4", "10.0.0.4:6060")]
    [InlineData("[fd00::4]", "[fd00::4]:6060")]
    [InlineData("[fd00::4]:7070", "[fd00::4]:7070")]
    public void Agent_Good_HasAPort(string answer, string address)
    {
        var (value, problem) = AnswerSyntax.Agent(answer, 6060, Name);

        Assert.Null(problem);
        Assert.Equal(address, value!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("http://iqs1")]
    [InlineData("iqs1:0")]
    [InlineData("iqs1:70000")]
    [InlineData("fd00::4")]
    [InlineData("0.0.0.0")]
    [InlineData("IQSERVICE.corp.example.")]
    [InlineData("iqservice.corp.example:7070")]
    public void Agent_Bad_SaysWhatIsAllowed(string answer)
    {
        var (value, problem) = AnswerSyntax.Agent(answer, 6060, Name);

        Assert.Null(value);
        Assert.Contains("; ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherAgent_ThePrimaryAgain_IsRefused()
    {
        var primary = DestinationAddress.Parse("iqs1.corp.example:6060");

        Assert.NotNull(AnswerSyntax.OtherAgent("IQS1.corp.example", 6060, Name, primary).Problem);
        Assert.Null(AnswerSyntax.OtherAgent("iqs1.corp.example:6061", 6060, Name, primary).Problem);
        Assert.Equal((null, null), AnswerSyntax.OtherAgent("None", 6060, Name, primary));
    }

    [Theory]
    [InlineData("passthrough", TlsMode.Passthrough)]
    [InlineData("y", TlsMode.Passthrough)]
    [InlineData("None", TlsMode.None)]
    [InlineData("no", TlsMode.None)]
    public void Tls_Good(string answer, TlsMode mode) => Assert.Equal((mode, null), AnswerSyntax.Tls(answer));

    [Theory]
    [InlineData("terminate")]
    [InlineData("maybe")]
    [InlineData("")]
    public void Tls_Bad_SaysWhatIsAllowed(string answer)
        => Assert.Contains("Passthrough or None", AnswerSyntax.Tls(answer).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("10.0.0.4")]
    [InlineData("fd00::4")]
    [InlineData("a..b")]
    [InlineData("two words")]
    [InlineData("iqservice.corp.example:6060")]
    public void ServerName_Bad_SaysWhatIsAllowed(string answer)
        => Assert.Contains(
            "the full name, such as iqservice.corp.example", AnswerSyntax.ServerName(answer).Problem, StringComparison.Ordinal);
}
