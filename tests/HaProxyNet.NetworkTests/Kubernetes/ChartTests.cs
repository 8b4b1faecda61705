using System.Text.Json.Nodes;
using HaProxyNet.NetworkTests.Fixture;
using k8s;
using k8s.Models;

namespace HaProxyNet.NetworkTests.Kubernetes;

/// <summary>
/// The chart of samples/Kubernetes, rendered by Go's templates and the functions that Helm has: with its own values it is what the plain
/// files are. Debian has no Helm, so Helm itself is not run.
/// </summary>
public sealed class ChartTests
{
    private const string Configuration = "haproxynet.json";
    private static readonly string _plain = BuildOutput.Source("samples/Kubernetes");

    [Fact]
    public async Task Render_ItsOwnValues_IsWhatThePlainFilesAre()
    {
        var rendered = Objects(await RenderAsync("haproxynet"));
        var plain = Directory.EnumerateFiles(_plain, "*.yaml").SelectMany(file => Objects(File.ReadAllText(file))).ToList();

        // The configuration is compared as JSON: a chart's values have no order.
        Assert.True(JsonNode.DeepEquals(TakeConfiguration(plain), TakeConfiguration(rendered)), "the configurations differ");
        Assert.Equal(Written(plain), Written(rendered));
    }

    [Fact]
    public async Task Render_OtherValues_AreWhereTheyBelong()
    {
        var rendered = Objects(await RenderAsync("ldap", """
            replicas: 3
            image: { tag: 9.9.9 }
            ports:
              - { name: ldap, port: 389, containerPort: 1389 }
              - { name: ldaps, port: 636, containerPort: 1636 }
            service: { type: ClusterIP, annotations: { team: directory } }
            networkPolicy: { enabled: false }
            """));

        var deployment = One<V1Deployment>(rendered);
        Assert.Equal((3, "ldap"), (deployment.Spec.Replicas, deployment.Metadata.Name));
        Assert.EndsWith(":9.9.9", deployment.Spec.Template.Spec.Containers[0].Image, StringComparison.Ordinal);
        Assert.Equal([1389, 1636, 9090], deployment.Spec.Template.Spec.Containers[0].Ports.Select(port => port.ContainerPort));
        Assert.Equal("ldap", deployment.Spec.Template.Spec.Volumes[0].ConfigMap.Name);
        var service = One<V1Service>(rendered);
        Assert.Equal([389, 636], service.Spec.Ports.Select(port => port.Port));
        Assert.Equal("directory", service.Metadata.Annotations["team"]);
        Assert.Null(service.Spec.ExternalTrafficPolicy);
        Assert.Equal(deployment.Spec.Selector.MatchLabels, service.Spec.Selector);
        Assert.Empty(rendered.OfType<V1NetworkPolicy>());
    }

    private static async Task<string> RenderAsync(string release, string? values = null)
    {
        var go = Requirement.Command("go", "golang-go");
        const string Sprig = "/usr/share/gocode/src/github.com/Masterminds/sprig";
        Assert.SkipUnless(Directory.Exists(Sprig), "needs the functions of charts: apt-get install golang-github-masterminds-sprig-dev");
        using var folder = new ScratchFolder();
        string[] more = values is null ? [] : [folder.Write("values.yaml", values)];
        var result = await CommandResult.OfAsync(
            TimeSpan.FromMinutes(5),
            "env",
            [
                "GO111MODULE=off", "GOPATH=/usr/share/gocode", $"GOCACHE={folder.Path}", go, "run",
                BuildOutput.Source("tests/HaProxyNet.NetworkTests/Kubernetes/render-chart.go"),
                Path.Combine(_plain, "chart"), release, .. more,
            ]);
        result.ExpectSuccess("render-chart");
        return result.Output;
    }

    private static List<object> Objects(string yaml) => KubernetesYaml.LoadAllFromString(yaml, strict: true);

    private static JsonNode TakeConfiguration(List<object> objects)
    {
        var map = One<V1ConfigMap>(objects);
        var configuration = JsonNode.Parse(map.Data[Configuration])!;
        map.Data[Configuration] = "";
        return configuration;
    }

    private static List<string> Written(List<object> objects)
        => [.. objects.Select(item => KubernetesYaml.Serialize(item)).Order(StringComparer.Ordinal)];

    private static T One<T>(List<object> objects) => Assert.Single(objects.OfType<T>());
}
