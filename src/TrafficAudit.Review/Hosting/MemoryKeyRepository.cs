using System.Collections.Immutable;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace TrafficAudit.Review.Hosting;

/// <summary>
/// Holds the keys that protect circuit ids for as long as the token lives, in memory: by default they would be left in the
/// user's home folder. (The framework's ephemeral provider alone does not prevent that: a start-up service still writes one.)
/// </summary>
internal sealed class MemoryKeyRepository : IXmlRepository
{
    private ImmutableList<XElement> _keys = [];

    public IReadOnlyCollection<XElement> GetAllElements() => [.. _keys.Select(k => new XElement(k))];

    public void StoreElement(XElement element, string friendlyName) =>
        ImmutableInterlocked.Update(ref _keys, (keys, key) => keys.Add(key), new XElement(element));
}
