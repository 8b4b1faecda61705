using System.Reflection;

namespace HaProxyNet.Tests.Architecture;

/// <summary>
/// What an embedding application can use is written down in PublicApi.txt of each package, and changes only on purpose: with a change of
/// that file. To write it anew, run this test with HAPROXYNET_WRITE_API=1.
/// </summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Packages => ["HaProxyNet", "HaProxyNet.Control", "HaProxyNet.Transport"];

    [Theory, MemberData(nameof(Packages))]
    public void PublicApi_IsWhatTheFileSays(string package)
    {
        var assembly = Assembly.Load(package);
        var file = Path.Combine(SourceFile.Root(), "src", package, "PublicApi.txt");
        var api = Lines(assembly).ToList();
        if (Environment.GetEnvironmentVariable("HAPROXYNET_WRITE_API") == "1")
        {
            File.WriteAllLines(file, api);
        }

        Assert.Equal(File.ReadAllLines(file), api);
    }

    private static IEnumerable<string> Lines(Assembly assembly)
        => from type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal)
           from line in MembersOf(type).Order(StringComparer.Ordinal).Prepend($"{Kind(type)} {type.FullName}")
           select line;

    private static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"  {name} = {(int)Enum.Parse(type, name)}");
        }

        var methods = type.GetMethods(Declared).Where(m => !m.IsSpecialName && !m.Name.Contains('<', StringComparison.Ordinal))
            .Select(m => $"  {m.Name}({Parameters(m)}) : {Name(m.ReturnType)}");
        var properties = type.GetProperties(Declared).Select(p => $"  {p.Name} {{{(p.GetMethod is { IsPublic: true } ? " get;" : "")}"
            + $"{(p.SetMethod is { IsPublic: true } ? " set;" : "")} }} : {Name(p.PropertyType)}");
        var constructors = type.GetConstructors().Select(c => $"  new({Parameters(c)})");
        var constants = type.GetFields(Declared).Select(f => $"  {f.Name} : {Name(f.FieldType)}");
        return methods.Concat(properties).Concat(constructors).Concat(constants);
    }

    private static string Kind(Type type)
        => type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : "class";

    private static string Parameters(MethodBase method)
        => string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"));

    private static string Name(Type type)
        => type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
}
