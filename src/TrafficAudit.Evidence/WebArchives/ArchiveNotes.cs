using TrafficAudit.Model;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>What the notes that an import of an archive makes say to people.</summary>
internal static class ArchiveNotes
{
    public static string Text(FlowNote note) => note switch
    {
        FlowNote.RequestAssumed => "there is no request: it is taken to be a GET of the target URI",
        FlowNote.ResponseAssumed => "there is no response: it is taken to be 200 with the recorded content",
        FlowNote.RevisitResolved => "a revisit: the body is that of the exchange it refers to",
        FlowNote.RevisitUnresolved => "a revisit of an exchange that is not in the file: the body is not known",
        FlowNote.DigestMismatch => "WARC-Block-Digest does not fit the block",
        _ => Token.Of(note),
    };
}
