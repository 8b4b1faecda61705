using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Server.Administering;

/// <summary>
/// Bounds the connections to the admin endpoint, in all and from one site. A newcomer is always let in: the connection that has asked
/// for nothing for the longest time makes room for it, so that a client that is silent, or does not read, holds nothing that others need.
/// </summary>
internal sealed class AdminDoor(int most, int mostOfOneSite, TimeProvider time)
{
    /// <summary>How many connections there are, so many times as long is between two requests of one: a thousand a second in all.</summary>
    private static readonly TimeSpan _turn = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<AdminGuest> _guests = [];

    /// <summary>Connections that are open now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _guests.Count;
            }
        }
    }

    /// <summary>Serves a connection from its accept to its end.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var guest = new AdminGuest(connection, time.GetTimestamp());
        connection.Features.Set(guest);
        Enter(guest)?.Leave();
        try
        {
            await next(connection);
        }
        finally
        {
            lock (_gate)
            {
                _guests.Remove(guest);
            }
        }
    }

    /// <summary>
    /// Passes a request on: the first one of a connection at once, a later one when its turn has come. A client that sends hundreds of
    /// requests in one packet would otherwise keep a thread of the pool for all of them.
    /// </summary>
    public async Task PaceAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<AdminGuest>() is { } guest)
        {
            var now = time.GetTimestamp();
            var wait = guest.HasAsked ? (_turn * Count) - time.GetElapsedTime(guest.LastRequest, now) : TimeSpan.Zero;
            (guest.HasAsked, guest.LastRequest) = (true, now);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, http.RequestAborted);
                guest.LastRequest = time.GetTimestamp();
            }
        }

        await next(http);
    }

    /// <summary>Lets a guest in, and returns the one that has to make room.</summary>
    internal AdminGuest? Enter(AdminGuest guest)
    {
        lock (_gate)
        {
            var neighbours = _guests.Where(g => g.Site == guest.Site).ToList();
            var loser = neighbours.Count >= mostOfOneSite
                ? neighbours.MinBy(g => g.LastRequest)
                : _guests.Count >= most ? _guests.MinBy(g => g.LastRequest) : null;
            if (loser is not null)
            {
                _guests.Remove(loser);
            }

            _guests.Add(guest);
            return loser;
        }
    }
}
