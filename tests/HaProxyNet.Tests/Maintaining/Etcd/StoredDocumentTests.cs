using System.Text;
using HaProxyNet.Maintaining;
using HaProxyNet.Maintaining.Etcd;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Maintaining.Etcd;

/// <summary>What stands in a cluster's key, and what somebody else may have put there.</summary>
public sealed class StoredDocumentTests
{
    [Fact]
    public void WriteAndRead_IsTheSame()
    {
        var set = MaintenanceSet.Empty
            .With("primary", new(Maintenance.Draining)
            {
                Node = "proxy1",
                By = "uid 0",
                At = new(2026, 11, 30, 12, 0, 0, 7, TimeSpan.Zero),
                IsForced = true,
            })
            .With(
                "secondary",
                new(Maintenance.None) { Node = "proxy2", By = "uid 7", At = new(2026, 11, 30, 13, 0, 0, TimeSpan.FromHours(1)) });

        Assert.Equal(set, StoredDocument.Read(StoredDocument.Write(set), out var problem));
        Assert.Equal("", problem);
    }

    [Theory]
    [InlineData("", "something else")]
    [InlineData("hello", "something else")]
    [InlineData("null", "something else")]
    [InlineData("[]", "something else")]
    [InlineData("{}", "something else")]
    [InlineData("""{"version":1}""", "something else")]
    [InlineData("""{"version":1,"decisions":{"a":null}}""", "something else")]
    [InlineData("""{"version":1,"decisions":{"":{"maintenance":"None"}}}""", "something else")]
    [InlineData("""{"version":1,"decisions":{"a":{"maintenance":"Exploded"}}}""", "something else")]
    [InlineData("""{"version":1,"decisions":{"a":{"maintenance":7}}}""", "something else")]
    [InlineData("""{"version":1,"decisions":{"a":{"maintenance":"Draining","node":null}}}""", "something else")]
    [InlineData("""{"version":1,"decisions":{"a":{"maintenance":"Draining","at":"9999-12-31T23:59:59Z"}}}""", "something else")]
    [InlineData("""{"version":1,"decisions":{"a":{"maintenance":"Draining","at":"yesterday"}}}""", "something else")]
    [InlineData("""{"version":2,"decisions":{}}""", "another version")]
    [InlineData("""{"version":99,"anything":[1,2,3]}""", "another version")]
    public void Read_OtherData_IsAProblemAndNoSet(string value, string expected)
    {
        Assert.Null(StoredDocument.Read(Encoding.UTF8.GetBytes(value), out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TextThatWouldForgeALogLine_IsCleaned()
        => Assert.DoesNotContain(
            '\n',
            StoredDocument.Read(
                """{"version":1,"decisions":{"a":{"maintenance":"Draining","node":"x\ny","by":"z\u001b[2J"}}}"""u8.ToArray(),
                out _)!["a"].Describe());
}
