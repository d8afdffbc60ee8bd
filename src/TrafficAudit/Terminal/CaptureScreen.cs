using System.Net;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Commands;
using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Terminal;

/// <summary>What stands on the terminal when a recording starts: addresses, the review link, and the code that pairs a phone.</summary>
internal sealed class CaptureScreen : IDisposable
{
    private readonly TextWriter _output;
    private readonly CaptureSettings _settings;
    private readonly CaseFolder _folder;
    private readonly IPEndPoint _proxy;
    private readonly string _review;
    private readonly CertificateAuthority _authority;
    private readonly Pairing _pairing;

    public CaptureScreen(
        TextWriter output, CaptureSettings settings, CaseFolder folder, IPEndPoint proxy, string review, CertificateAuthority authority, Pairing pairing)
    {
        _output = output;
        _settings = settings;
        _folder = folder;
        _proxy = proxy;
        _review = review;
        _authority = authority;
        _pairing = pairing;
    }

    public void Show()
    {
        _output.WriteLine($"Recording into case {_folder.Info.Name} ({_folder.Path})");
        foreach (var address in ProxyAddresses.Of(_proxy))
        {
            _output.WriteLine($"Proxy       {address}   (set-up page: http://{address}/)");
        }

        _output.WriteLine(_review);
        _output.WriteLine($"CA          SHA-256 {_authority.Sha256Fingerprint}");
        if (_settings.Interception.TlsKeys is { } keys)
        {
            _output.WriteLine($"TLS keys    {keys}   (the keys of every TLS session: whoever has this file can read the traffic)");
        }

        if (_settings.Door == DoorPolicy.All)
        {
            _output.WriteLine("Every device is served (--accept-devices all).");
            if (!Console.IsErrorRedirected)
            {
                _output.WriteLine(PairingCode.Of(new Uri($"http://{ProxyAddresses.Of(_proxy)[0]}/")));
            }
        }
        else
        {
            ShowPairing();
            _pairing.SecretChanged += OnSecretChanged;
            if (!Console.IsInputRedirected)
            {
                _ = Task.Run(ReadKeysAsync);
            }
        }

        _output.WriteLine("Ctrl+C ends the recording.");
    }

    public void Dispose() => _pairing.SecretChanged -= OnSecretChanged;

    private void OnSecretChanged(object? sender, EventArgs e) => ShowPairing();

    private void ShowPairing()
    {
        var link = new Uri($"http://{ProxyAddresses.Of(_proxy)[0]}{_pairing.Current.PathAndQuery}");
        _output.WriteLine($"Pair        {link}");
        if (!Console.IsErrorRedirected)
        {
            _output.WriteLine(PairingCode.Of(link));
        }

        _output.WriteLine("            good for one phone and 10 minutes; key p shows it again");
    }

    private Task ReadKeysAsync()
    {
        while (true)
        {
            if (Console.ReadKey(intercept: true).KeyChar is 'p' or 'P')
            {
                ShowPairing();
            }
        }
    }
}
