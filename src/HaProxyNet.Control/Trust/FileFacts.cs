using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace HaProxyNet.Control.Trust;

/// <summary>What the system says of a name in a folder, without following it when it is a link (Linux: statx).</summary>
/// <param name="Uid">Its owner.</param>
/// <param name="Mode">Its kind and its rights.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly partial record struct FileFacts(uint Uid, ushort Mode)
{
    private const int WorkingFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFacts = 0x7ff;
    private const int Size = 256;
    private const int UidAt = 20;
    private const int ModeAt = 28;
    private const int KindMask = 0xF000;
    private const int WritableByOthers = 0x2;
    private const int Sticky = 0x200;

    public bool IsFolder => (Mode & KindMask) == 0x4000;

    public bool IsLink => (Mode & KindMask) == 0xA000;

    public bool IsRegular => (Mode & KindMask) == 0x8000;

    /// <summary>Every user can make and take away names in this folder.</summary>
    public bool IsOpenToAll => (Mode & WritableByOthers) != 0;

    /// <summary>Every user can make names in this folder, and take away only their own, as in <c>/tmp</c>.</summary>
    public bool IsShared => IsOpenToAll && (Mode & Sticky) != 0;

    /// <summary>The facts; null when there is nothing of this name, or it cannot be seen.</summary>
    public static FileFacts? Read(string path)
    {
        Span<byte> facts = stackalloc byte[Size];
        return Statx(WorkingFolder, path, NoFollow, BasicFacts, ref MemoryMarshal.GetReference(facts)) == 0
            ? new(Number(facts[UidAt..]), (ushort)(Number(facts[ModeAt..]) & ushort.MaxValue))
            : null;
    }

    /// <summary>In the machine's order: the mode, of 16 bits, stands before 16 unused ones.</summary>
    private static uint Number(ReadOnlySpan<byte> field) => BitConverter.IsLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(field)
        : BinaryPrimitives.ReadUInt32BigEndian(field);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte facts);
}
