namespace TrafficAudit.Geolocation.Updates;

/// <summary>A file that is being made beside the place that it is to have; gone with its owner unless it got there.</summary>
internal sealed class DraftFile : IDisposable
{
    private readonly string _path;

    /// <param name="folder">The folder of its place; made if it is missing.</param>
    public DraftFile(string folder)
    {
        Directory.CreateDirectory(folder);

        // No name that anybody takes for a database.
        _path = Path.Combine(folder, $".update-{Guid.NewGuid():N}.part");
    }

    public FileStream Open() => new(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Moves it, closed, to its place in one step.</summary>
    public void Become(string path) => File.Move(_path, path, overwrite: true);

    public void Dispose() => File.Delete(_path);
}
