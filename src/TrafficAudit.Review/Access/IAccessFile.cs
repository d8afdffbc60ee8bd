namespace TrafficAudit.Review.Access;

/// <summary>The installation's file of users and client tokens; it may be changed by another process at any time. Any thread may use it.</summary>
public interface IAccessFile
{
    /// <summary>Where it is, for messages.</summary>
    string Path { get; }

    /// <summary>Changes whenever the file does; cheap, asked with every request.</summary>
    /// <exception cref="IOException">The folder can't be read.</exception>
    string Version { get; }

    /// <summary>The whole file; null when there is none.</summary>
    /// <exception cref="IOException">It can't be read, or is too long.</exception>
    byte[]? Read();

    /// <summary>Puts another content in its place, whole or not at all, with nobody else changing it meanwhile.</summary>
    /// <param name="change">Makes the new content of the present one, which is null when there is none; what it throws is passed on.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    void Change(Func<byte[]?, byte[]> change);
}
