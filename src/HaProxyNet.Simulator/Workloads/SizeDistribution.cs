using System.Runtime.InteropServices;

namespace HaProxyNet.Simulator.Workloads;

/// <summary>Log-normal sizes: many small messages, few large ones.</summary>
/// <param name="Median">Half of the sizes are below this many bytes.</param>
/// <param name="Spread">The standard deviation of the size's natural logarithm; 0 makes every size the median.</param>
/// <param name="Largest">No size is above this many bytes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SizeDistribution(int Median, double Spread, int Largest)
{
    /// <summary>Always the same size.</summary>
    public static SizeDistribution Fixed(int size) => new(size, 0, size);

    /// <summary>The next size, in bytes; 0 to <see cref="Largest"/>.</summary>
    public int Next(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (Spread == 0)
        {
            return Math.Min(Median, Largest);
        }

        // Box-Muller: two uniform numbers make a normal one. 1 - x keeps the logarithm's argument above 0.
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return (int)Math.Min(Largest, Median * Math.Exp(Spread * normal));
    }
}
