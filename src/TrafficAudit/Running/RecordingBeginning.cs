using System.Text.Json.Nodes;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Commands;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;

namespace TrafficAudit.Running;

/// <summary>The journal record that a run of <c>capture</c> begins with: what it needs to be repeated and judged.</summary>
internal static class RecordingBeginning
{
    public static JsonObject Of(Recorder recorder, CaptureSettings settings, CertificateAuthority authority, DataSources sources, TimeProvider time) => new()
    {
        ["program"] = ProgramVersion.Software,
        ["options"] = recorder.Options.Values.DeepClone(),
        ["options_sha256"] = recorder.Options.Sha256,
        ["operator"] = recorder.Operator,
        ["second_person"] = settings.Session.SecondPerson,
        ["hostname"] = Environment.MachineName,
        ["machine"] = Recorder.Machine,
        ["clock"] = recorder.Clock.ToJson(),
        ["local_offset"] = time.GetLocalNow().Offset.ToString(),
        ["authority_sha256"] = authority.Sha256Fingerprint,
        ["rules"] = sources.Rules.Version,
        ["databases"] = sources.DescribeDatabases(),
    };
}
