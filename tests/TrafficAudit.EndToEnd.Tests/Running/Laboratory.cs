using TrafficAudit.Testing;
using TrafficAudit.Testing.Mmdb;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>
/// A lab of its own for a test: a folder, a database that puts 127.0.21–24.0/24 into CN, SG, US and KR, an authority for its servers, and
/// a persona. Everything in it is invented.
/// </summary>
internal sealed class Laboratory : IDisposable
{
    public const string Phone = "010-0000-1234";
    public const string Email = "gildong.hong.test@example.com";
    public const string Address = "서울특별시 중구 세종대로 110";
    public const string Pccc = "P240000000001";
    public const string Gaid = "38400000-8cf0-41bd-b23e-10b96e40000d";

    private readonly TemporaryFolder _folder = new();

    public Laboratory()
    {
        Directory.CreateDirectory(GeoData);
        MmdbWriter.Flat(("127.0.21.0/24", "CN"), ("127.0.22.0/24", "SG"), ("127.0.23.0/24", "US"), ("127.0.24.0/24", "KR"))
            .Write(Path.Combine(GeoData, "lab.mmdb"));
        File.WriteAllText(ServersCa, Servers.Pem);
        File.WriteAllText(Persona, $$"""
            { "name": "test shopper (invented)", "values": [
              { "item": "phone", "value": "{{Phone}}" },
              { "item": "email", "value": "{{Email}}" },
              { "item": "postal_address", "value": "{{Address}}" },
              { "item": "pccc", "value": "{{Pccc}}" },
              { "item": "gaid", "value": "{{Gaid}}" } ] }
            """);
    }

    public string Folder => _folder.Path;

    public string GeoData => Path.Combine(Folder, "geo-data");

    public string Persona => Path.Combine(Folder, "persona.json");

    public string ServersCa => Path.Combine(Folder, "servers.pem");

    public TestAuthority Servers { get; } = new();

    public string PathOf(string name) => _folder.File(name);

    public void Dispose()
    {
        Servers.Dispose();
        _folder.Dispose();
    }
}
