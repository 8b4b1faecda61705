using HaProxyNet.Control.Trust;

namespace HaProxyNet.Tests.Control.Trust;

public sealed class TrustedFolderTests : IDisposable
{
    private const UnixFileMode Open = (UnixFileMode)0b111_111_111;
    private readonly string _folder = Directory.CreateTempSubdirectory("haproxynet-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ProblemOf_OwnFolderInTheTemporaryOne_None() => Assert.Null(ProblemOf(_folder));

    [Fact]
    public void ProblemOf_WhatIsMissing_None() => Assert.Null(ProblemOf(Path.Combine(_folder, "not", "yet")));

    [Fact]
    public void ProblemOf_TheSharedTemporaryFolderItself_IsNamed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && FileFacts.Read("/tmp") is { IsShared: true }, "no shared /tmp here");

        Assert.Contains("every user can write /tmp", ProblemOf("/tmp"), StringComparison.Ordinal);
    }

    [Fact]
    public void ProblemOf_FolderThatEveryUserCanWrite_OnTheWayOrLast_IsNamed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "modes are read on Linux");
        var open = Directory.CreateDirectory(Path.Combine(_folder, "open")).FullName;
        var inside = Directory.CreateDirectory(Path.Combine(open, "inside")).FullName;
        Widen(open);

        Assert.Contains("every user can write", ProblemOf(open), StringComparison.Ordinal);
        Assert.Contains("every user can write", ProblemOf(inside), StringComparison.Ordinal);
    }

    [Fact]
    public void ProblemOf_OwnLinkInOwnFolder_IsFollowedAndJudged()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "modes are read on Linux");
        var (good, open, link) = (Path.Combine(_folder, "good"), Path.Combine(_folder, "open"), Path.Combine(_folder, "link"));
        Directory.CreateDirectory(good);
        Directory.CreateDirectory(open);
        Widen(open);
        File.CreateSymbolicLink(link, "good");

        Assert.Null(ProblemOf(link));
        File.Delete(link);
        File.CreateSymbolicLink(link, open);
        Assert.Contains("every user can write", ProblemOf(link), StringComparison.Ordinal);
    }

    [Fact]
    public void ProblemOf_LinkThatLeadsToItself_Ends()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "modes are read on Linux");
        var link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, "link");

        Assert.Contains("links", ProblemOf(Path.Combine(link, "below")), StringComparison.Ordinal);
    }

    [Fact]
    public void ProblemOf_FileOnTheWay_IsNamed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "modes are read on Linux");
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        Assert.Contains("is no folder", ProblemOf(Path.Combine(file, "below")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u, 0x41ED, true)]
    [InlineData(4999u, 0x41ED, false)]
    public void Accepts_AnotherUsersFolder_OnlyForCommandsAndInRootsFolder(uint parentOwner, int parentMode, bool granted)
    {
        var step = new FileFacts(4242, 0x41C0);
        var parent = new FileFacts(parentOwner, (ushort)parentMode);

        Assert.Equal(granted, new PathOwners(takesGrants: true).Accepts(step, parent));
        Assert.False(new PathOwners(takesGrants: false).Accepts(step, parent));
    }

    [Fact]
    public void Accepts_AnotherUsersFolderInASharedOne_Never()
        => Assert.False(new PathOwners(takesGrants: true).Accepts(new FileFacts(4242, 0x41C0), new FileFacts(0, 0x43FF)));

    private static void Widen(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, Open);
        }
    }

    private static string? ProblemOf(string folder)
        => OperatingSystem.IsLinux() ? TrustedFolder.ProblemOf(folder, new PathOwners(takesGrants: false)) : null;
}
