using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Setup;

/// <summary>What a case says of itself (<c>case.json</c>), and the cases beside it. Every member is called from many threads at once.</summary>
public interface ICaseDesk
{
    /// <summary>What it says now.</summary>
    CaseSettings Settings { get; }

    /// <summary>The jurisdictions whose profiles there are.</summary>
    IReadOnlyList<string> Profiles { get; }

    /// <summary>Checks settings, and says what would change; changes nothing.</summary>
    /// <exception cref="RejectedRequestException">They can't be used; the message says which and why.</exception>
    CasePreview Preview(CaseSettings settings);

    /// <summary>Changes them: the journal says who, and what was before; a case that is sealed is sealed anew, since its <c>case.json</c> is another.</summary>
    /// <param name="person">Who; an investigator.</param>
    /// <param name="settings">All of them, as they are to be.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    /// <returns>False when nothing was to be changed.</returns>
    /// <exception cref="RejectedRequestException">The person may not, they can't be used, or the case can't be written.</exception>
    Task<bool> ChangeAsync(Person person, CaseSettings settings, CancellationToken cancellation);

    /// <summary>Every case in the folder of this one; what can't be read is left out.</summary>
    IReadOnlyList<CaseRow> Cases();
}
