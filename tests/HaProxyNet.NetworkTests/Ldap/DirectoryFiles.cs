using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.Tests.Tls.Certificates;

namespace HaProxyNet.NetworkTests.Ldap;

/// <summary>
/// What the three directories of a test have in common: the same entries, and certificates of a corporate authority that this system does
/// not know, for the proxy's name and each one's own.
/// </summary>
internal sealed class DirectoryFiles : IDisposable
{
    public const string Suffix = "dc=corp,dc=example";
    public const string Administrator = "cn=admin," + Suffix;
    public const string Alice = "uid=alice,ou=people," + Suffix;
    public const string Password = "correct horse";

    private const int FirstUser = 10_001;

    /// <summary>The large part: so many entries of 20 KB are 100 MB.</summary>
    public const int Blobs = 5_000;
    public const string BlobsBase = "ou=blobs," + Suffix;
    private const int BlobBytes = 20 * 1024;

    private static readonly string[] _people = ["alice", "bob", "carol", "dave"];
    private static readonly DateTimeOffset _today = TimeProvider.System.GetUtcNow();

    private readonly ScratchFolder _folder = new();

    private DirectoryFiles()
    {
    }

    public string CaFile => _folder.File("ca.pem");

    public string CertificateFile => _folder.File("directory.pem");

    public string KeyFile => _folder.File("directory.key");

    /// <summary>A database that was filled once, to be copied.</summary>
    public string Database => _folder.File("data.mdb");

    /// <param name="withBlobs">Whether the 100 MB are there.</param>
    public static async Task<DirectoryFiles> MakeAsync(bool withBlobs = false)
    {
        var slapadd = Requirement.Command("slapadd", "slapd");
        var files = new DirectoryFiles();
        files.WriteCertificates();
        var filled = Directory.CreateDirectory(files._folder.File("filled")).FullName;
        var configuration = files._folder.Write("slapd.conf", files.Configuration(filled));
        files.WriteEntries(files._folder.File("entries.ldif"), withBlobs ? Blobs : 0);
        var added = await CommandResult.OfAsync(slapadd, "-q", "-f", configuration, "-l", files._folder.File("entries.ldif"));
        added.ExpectSuccess("slapadd");
        File.Move(Path.Combine(filled, "data.mdb"), files.Database);
        File.Delete(files._folder.File("entries.ldif"));
        return files;
    }

    /// <summary>A configuration of slapd with this folder for its database.</summary>
    public string Configuration(string database) => $"""
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/nis.schema
        include /etc/ldap/schema/inetorgperson.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        sizelimit unlimited
        TLSCertificateFile {CertificateFile}
        TLSCertificateKeyFile {KeyFile}
        database mdb
        maxsize 1073741824
        suffix "{Suffix}"
        rootdn "{Administrator}"
        rootpw "{Password}"
        directory {database}
        dbnosync

        """;

    public void Dispose() => _folder.Dispose();

    private void WriteCertificates()
    {
        var authority = TestAuthority.Root("Corporate Root");
        using var certificate = authority.Issue(
            "ldap.corp.example",
            ["ldap.corp.example", "ldap1.corp.example", "ldap2.corp.example", "ldap3.corp.example"],
            from: _today.AddDays(-1),
            to: _today.AddDays(30));
        _folder.Write("ca.pem", authority.Certificate.ExportCertificatePem());
        _folder.Write("directory.pem", certificate.ExportCertificatePem());
        _folder.Write("directory.key", TestAuthority.KeyPem(certificate));
    }

    private void WriteEntries(string path, int blobs)
    {
        using var writer = new StreamWriter(path);
        writer.Write($"""
            dn: {Suffix}
            objectClass: dcObject
            objectClass: organization
            o: Corp
            dc: corp

            dn: ou=people,{Suffix}
            objectClass: organizationalUnit
            ou: people

            dn: {BlobsBase}
            objectClass: organizationalUnit
            ou: blobs
            """);
        writer.Write("\n\n");
        for (var i = 0; i < _people.Length; i++)
        {
            writer.Write($"""
                dn: uid={_people[i]},ou=people,{Suffix}
                objectClass: inetOrgPerson
                objectClass: posixAccount
                uid: {_people[i]}
                cn: {_people[i]}
                sn: Liddell
                uidNumber: {FirstUser + i}
                gidNumber: {FirstUser + i}
                homeDirectory: /home/{_people[i]}
                userPassword: {Password}
                """);
            writer.Write("\n\n");
        }

        var blob = new string('x', BlobBytes);
        for (var i = 0; i < blobs; i++)
        {
            writer.Write($"dn: ou=blob{i},{BlobsBase}\nobjectClass: organizationalUnit\nou: blob{i}\ndescription: {blob}\n\n");
        }
    }
}
