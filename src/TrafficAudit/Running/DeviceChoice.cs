using TrafficAudit.Review;

namespace TrafficAudit.Running;

/// <summary>Which device a person means.</summary>
internal static class DeviceChoice
{
    /// <param name="devices">Those there are.</param>
    /// <param name="text">An id, or a name that only one device has.</param>
    /// <param name="id">A device's id.</param>
    /// <param name="name">A device's name.</param>
    /// <exception cref="RejectedRequestException">None, or several.</exception>
    public static T Of<T>(IEnumerable<T> devices, string text, Func<T, string> id, Func<T, string> name)
    {
        var all = devices.ToList();
        var found = all.Where(d => id(d) == text).ToList();
        if (found.Count == 0)
        {
            found = [.. all.Where(d => string.Equals(name(d), text, StringComparison.OrdinalIgnoreCase))];
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw new RejectedRequestException($"There is no device {text}; 'trafficaudit devices' lists them."),
            _ => throw new RejectedRequestException($"{found.Count} devices are called {text}; give the id of one: {string.Join(", ", found.Select(id))}."),
        };
    }
}
