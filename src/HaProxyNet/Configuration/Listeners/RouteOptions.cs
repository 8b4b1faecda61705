using System.ComponentModel;
using System.Text.Json.Serialization;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>Which cluster serves the clients that ask for a server name.</summary>
public sealed class RouteOptions
{
    /// <summary>The name, or <c>*.</c> and a domain for every name that has one label more.</summary>
    [JsonRequired, Description(
        "The server name that clients ask for, such as iqs.dmz.example; *.dmz.example stands for every name with one label more.")]
    public string ServerName { get; set; } = "";

    /// <summary>The name of the cluster.</summary>
    [JsonRequired, Description("The name of the cluster that serves them.")]
    public string Cluster { get; set; } = "";
}
