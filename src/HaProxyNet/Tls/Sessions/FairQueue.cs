namespace HaProxyNet.Tls.Sessions;

/// <summary>
/// First in, first out for each key, and the keys take turns: one that brings a crowd waits for itself, and delays another by one item.
/// One caller at a time.
/// </summary>
/// <typeparam name="TKey">What items are told apart by.</typeparam>
/// <typeparam name="T">What waits.</typeparam>
internal sealed class FairQueue<TKey, T>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Queue<T>> _waiting = [];
    private readonly Queue<TKey> _turns = new();

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _turns.Count == 0;

    /// <summary>Adds an item behind those of its key.</summary>
    public void Enqueue(TKey key, T item)
    {
        if (!_waiting.TryGetValue(key, out var own))
        {
            _waiting[key] = own = new Queue<T>();
            _turns.Enqueue(key);
        }

        own.Enqueue(item);
    }

    /// <summary>Takes the item whose turn it is.</summary>
    public bool TryDequeue([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T item)
    {
        if (!_turns.TryDequeue(out var key))
        {
            item = default;
            return false;
        }

        var own = _waiting[key];
        item = own.Dequeue();
        if (own.Count > 0)
        {
            _turns.Enqueue(key);
        }
        else
        {
            _waiting.Remove(key);
        }

        return true;
    }
}
