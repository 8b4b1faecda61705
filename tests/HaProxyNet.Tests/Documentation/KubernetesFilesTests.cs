using HaProxyNet.Tests.Architecture;
using HaProxyNet.Tests.Configuration;
using k8s;
using k8s.Models;

namespace HaProxyNet.Tests.Documentation;

/// <summary>
/// The files of samples/Kubernetes are objects of the API: read strictly into its models, where an unknown or misspelled key is an error.
/// </summary>
public sealed class KubernetesFilesTests
{
    private const string AppName = "haproxynet";
    private static readonly string _folder = Path.Combine(SourceFile.Root(), "samples", "Kubernetes");

    private static readonly List<object> _objects = [.. Directory.EnumerateFiles(_folder, "*.yaml")
        .SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true))];

    [Fact]
    public void Files_ReadStrictly_AreTheFiveObjects() => Assert.Equal(
        ["V1ConfigMap", "V1Deployment", "V1NetworkPolicy", "V1PodDisruptionBudget", "V1Service"],
        _objects.Select(item => item.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void ConfigMap_HasAFileThatPassesCheck()
    {
        var reading = ConfigurationSample.Load(One<V1ConfigMap>().Data["haproxynet.json"]).Reading;

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
    }

    [Fact]
    public void Selectors_FindThePods()
    {
        var labels = One<V1Deployment>().Spec.Template.Metadata.Labels;

        Assert.Equal(AppName, labels["app.kubernetes.io/name"]);
        Assert.Equal(labels, One<V1Deployment>().Spec.Selector.MatchLabels);
        Assert.Equal(labels, One<V1Service>().Spec.Selector);
        Assert.Equal(labels, One<V1PodDisruptionBudget>().Spec.Selector.MatchLabels);
        Assert.Equal(labels, One<V1NetworkPolicy>().Spec.PodSelector.MatchLabels);
    }

    /// <summary>A pod that is asked to end has the time that its configuration takes.</summary>
    [Fact]
    public void GracePeriod_IsLongerThanTheShutdown()
    {
        var options = ConfigurationSample.Load(One<V1ConfigMap>().Data["haproxynet.json"]).Reading.Options!;

        Assert.True(One<V1Deployment>().Spec.Template.Spec.TerminationGracePeriodSeconds
            > (options.ShutdownDelay + options.ShutdownTimeout).TotalSeconds);
    }

    [Fact]
    public void Pod_MayWriteOnlyWhereItMust()
    {
        var container = Assert.Single(One<V1Deployment>().Spec.Template.Spec.Containers);

        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Equal(
            ["/run/haproxynet", "/var/lib/haproxynet"],
            container.VolumeMounts.Where(mount => mount.ReadOnlyProperty is not true).Select(mount => mount.MountPath));
    }

    private static T One<T>() => Assert.Single(_objects.OfType<T>());
}
