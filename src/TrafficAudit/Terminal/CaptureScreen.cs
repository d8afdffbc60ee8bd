using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
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
    private readonly Uri _review;
    private readonly CertificateAuthority _authority;
    private readonly Pairing _pairing;

    public CaptureScreen(
        TextWriter output, CaptureSettings settings, CaseFolder folder, IPEndPoint proxy, Uri review, CertificateAuthority authority, Pairing pairing)
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
        foreach (var address in Addresses())
        {
            _output.WriteLine($"Proxy       {address}   (set-up page: http://{address}/)");
        }

        _output.WriteLine($"Review      {_review}");
        _output.WriteLine($"CA          SHA-256 {_authority.Sha256Fingerprint}");
        if (_settings.Interception.TlsKeys is { } keys)
        {
            _output.WriteLine($"TLS keys    {keys}   (the keys of every TLS session: whoever has this file can read the traffic)");
        }

        if (_settings.Door == DoorPolicy.All)
        {
            _output.WriteLine("Every device is served (--accept-devices all).");
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
        var link = new Uri($"http://{Addresses()[0]}{_pairing.Current.PathAndQuery}");
        _output.WriteLine($"Pair        {link}");
        if (!Console.IsErrorRedirected)
        {
            _output.WriteLine(PairingCode.Of(link));
        }

        _output.WriteLine("            good for one phone and 10 minutes; key p shows it again");
    }

    /// <summary>Addresses under which a phone can reach the proxy; the machine's own when it listens on all.</summary>
    private List<IPEndPoint> Addresses()
    {
        if (!_proxy.Address.Equals(IPAddress.Any) && !_proxy.Address.Equals(IPAddress.IPv6Any))
        {
            return [_proxy];
        }

        var own = NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => a.AddressFamily == AddressFamily.InterNetwork)
            .Select(a => new IPEndPoint(a, _proxy.Port))
            .ToList();
        return own.Count > 0 ? own : [new IPEndPoint(IPAddress.Loopback, _proxy.Port)];
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
