using TrafficAudit.Model;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Setup;

/// <summary>
/// The personas of a case. Each that is saved is a journal record, and none is ever taken away: the values of all of them are searched for, those of
/// earlier versions, too, since flows of their time may hold them. Every member is called from many threads at once.
/// </summary>
public interface IPersonaDesk
{
    /// <summary>The personas by name, in the order in which they came to the case; reads the evidence where that has not been done.</summary>
    ValueTask<IReadOnlyList<PersonaRow>> ListAsync(CancellationToken cancellation);

    /// <summary>The newest version of a persona with its values, once the journal says who sees them.</summary>
    /// <param name="person">Who; an investigator.</param>
    /// <param name="name">The persona's name.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    /// <exception cref="RejectedRequestException">The person may not, there is no such persona, or the journal can't be written.</exception>
    Task<Persona> RevealAsync(Person person, string name, CancellationToken cancellation);

    /// <summary>Saves a persona, or another version of one: its values are searched for from the next flow on.</summary>
    /// <param name="person">Who; an investigator.</param>
    /// <param name="persona">The persona.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    /// <returns>Whether it is new: false when it is in the case just so.</returns>
    /// <exception cref="RejectedRequestException">The person may not, the persona can't be used, or the journal can't be written.</exception>
    Task<bool> SaveAsync(Person person, Persona persona, CancellationToken cancellation);
}
