using System.Net;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Control.Documents;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Explaining;

/// <summary>
/// Answers what a connection would get now, from the same rules, the same list and the same selector that connections use. It changes
/// nothing: no turn is taken, and no client is remembered.
/// </summary>
internal static class Explainer
{
    /// <summary>The answer for a connection to a listener.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="client">The client's address; null: not known.</param>
    /// <param name="serverName">The server name that the client asks for; null: not known.</param>
    public static Explanation Explain(Listener listener, IPAddress? client, string? serverName)
    {
        var plan = listener.Plan;
        if (plan.ClusterOf(serverName) is not { } cluster)
        {
            var asked = serverName is null ? "a client without a server name" : $"the server name '{serverName}'";
            return new(
                listener.Name,
                "",
                client?.ToString(),
                null,
                $"it is reset: {listener.Name} has no route for {asked}, and no Cluster for the rest",
                [],
                []);
        }

        var (candidates, active) = (cluster.Candidates, cluster.Active.Current);
        var first = candidates.Equal < 2 ? 0 : cluster.Selector.Peek(client, candidates);
        var order = candidates.Equal < 2 || first < 0 ? candidates.Destinations : candidates.StartingAt(first);
        var refusal = Refusal(plan, client);
        var isUndecided = first < 0;
        var destinations = order.Select((d, i) => Describe(cluster, d, i + 1, isUndecided && i < candidates.Equal))
            .Concat(cluster.Plan.Destinations.Except(order).Select(d => Describe(cluster, d, place: null, isUndecided: false)));
        return new(
            listener.Name,
            cluster.Name,
            client?.ToString(),
            refusal is null && !isUndecided ? order.FirstOrDefault()?.Name : null,
            refusal ?? Verdict(cluster, order, isUndecided),
            [.. destinations],
            [.. Notes(plan, cluster, active, serverName)]);
    }

    private static DestinationExplanation Describe(Cluster cluster, Destination destination, int? place, bool isUndecided) => new(
        destination.Name,
        destination.Model.Address.ToString(),
        destination.Status.Label(),
        place,
        isUndecided
            ? "one of the equal ones: the client's address decides, and it was not given (--client IP)"
            : PlaceReason.Of(cluster, destination, place));

    private static string? Refusal(ListenerPlan plan, IPAddress? client)
    {
        var listener = plan.Listener;
        if (client is not null && !plan.Rules.Allowed.Contains(client))
        {
            return $"it is reset at the door: {client} is not in AllowedClients of {listener.Name}";
        }

        if (!listener.Listens)
        {
            return $"it is refused: {listener.Name} does not listen now";
        }

        return listener.Open >= plan.Rules.MaxConnections
            ? $"it is reset at the door: {listener.Open} connections are open, and MaxConnections "
                + $"of {listener.Name} is {plan.Rules.MaxConnections}"
            : null;
    }

    private static string Verdict(Cluster cluster, Destination[] order, bool isUndecided)
    {
        if (isUndecided)
        {
            return $"one of the equal destinations of {cluster.Name}: the client's address decides";
        }

        return order is [var first, ..]
            ? $"{cluster.Name}/{first.Name}{(first.Status.CanBeGivenConnections() ? "" : ", as a last resort: nothing is up")}"
            : $"it is reset: no destination of {cluster.Name} can be tried";
    }

    private static IEnumerable<string> Notes(ListenerPlan plan, Cluster cluster, Destination? active, string? serverName)
    {
        if (serverName is not null)
        {
            yield return plan.Routes is null
                ? $"the server name '{serverName}' does not decide: {plan.Listener.Name} sends every connection to {cluster.Name}"
                : $"the server name '{serverName}' leads to {cluster.Name}";
        }

        if (plan.FirstByte is not null)
        {
            yield return $"nothing is tried before the client has sent a byte (ConnectOn of {plan.Listener.Name})";
        }

        if (plan.Http is { } http)
        {
            yield return "it speaks HTTP: this is the first request of a client; the next ones of its connection stay there while it is "
                + "among the first choices"
                + (http.AffinityCookie is { } cookie ? $", and the cookie {cookie} names one of those" : "");
        }

        if (cluster.Candidates.Destinations is [var first, _, ..] && cluster.Plan.Hedge.After(first.AcceptTimes) is { Ticks: > 0 } hedge)
        {
            yield return $"if {first.Name} has not answered after {hedge.TotalMilliseconds:F0} ms, the next destination is tried as well"
                + $" (HedgeAfter {(cluster.Plan.Hedge.Fixed is null ? HedgeAfterAttribute.Auto : "of the configuration")})";
        }

        if (cluster.Group.Pinned is { } pinned)
        {
            yield return $"an operator has switched to {pinned}; 'failback {cluster.Name}' takes that back";
        }

        if (cluster.Group.Clusters.Count > 1)
        {
            yield return $"{cluster.Name} fails over together "
                + $"with {string.Join(", ", cluster.Group.Clusters.Where(c => !ReferenceEquals(c, cluster)).Select(c => c.Name))}"
                + $"; {ActiveDestination.Name(active)} is active";
        }
    }
}
