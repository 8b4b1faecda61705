using System.Reflection;
using System.Xml.Linq;

namespace HaProxyNet.Tests.Architecture;

/// <summary>Dependencies point down: what <see cref="Floors"/> says holds for the source.</summary>
public sealed class LayerTests
{
    public static TheoryData<string> Projects => [.. Floors.OfProjects.Keys];

    [Fact]
    public void EveryProjectUnderSrc_HasItsFloors()
        => Assert.Equal(
            Directory.EnumerateDirectories(Path.Combine(SourceFile.Root(), "src")).Select(Path.GetFileName).Order(),
            Floors.OfProjects.Keys.Order());

    [Theory, MemberData(nameof(Projects))]
    public void EveryRoom_HasItsFloor(string project)
        => Assert.Equal(Room.Of(project).Select(r => r.Name).Order(), Floors.OfProjects[project].SelectMany(f => f).Order());

    /// <summary>Rooms of one floor do not know each other: so there is no circle either.</summary>
    [Theory, MemberData(nameof(Projects))]
    public void EveryRoom_KnowsLowerFloorsOnly(string project)
    {
        var floors = Floors.OfProjects[project];
        var rooms = Room.Of(project);

        var wrong = from room in rooms
                    from use in room.Uses(rooms)
                    where FloorOf(use.Used) >= FloorOf(room)
                    select $"{use.File} knows {use.Used.Name}";

        Assert.Empty(wrong);

        int FloorOf(Room room) => Array.FindIndex(floors, floor => floor.Contains(room.Name));
    }

    [Theory]
    [InlineData("HaProxyNet.Transport")]
    [InlineData("HaProxyNet.Control")]
    public void GroundFloor_ReferencesNoOtherProject(string name)
    {
        var project = XDocument.Load(Path.Combine(SourceFile.Root(), "src", name, $"{name}.csproj"));

        Assert.Empty(project.Descendants("ProjectReference"));
        Assert.DoesNotContain(
            Assembly.Load(name).GetReferencedAssemblies(),
            a => a.Name!.StartsWith("HaProxyNet", StringComparison.Ordinal));
    }

    /// <summary>The command line uses what any other tool can use, and nothing besides.</summary>
    [Fact]
    public void Control_IsOpenToTheProxyAlone()
    {
        var project = XDocument.Load(Path.Combine(SourceFile.Root(), "src", "HaProxyNet.Control", "HaProxyNet.Control.csproj"));

        var friends = project.Descendants("InternalsVisibleTo").Select(e => e.Attribute("Include")!.Value);

        Assert.Equal(["HaProxyNet", "HaProxyNet.Tests"], friends);
    }
}
