namespace TrafficAudit.Classification.Tests.Corpus.Scoring;

/// <summary>Counts of what was found rightly, found wrongly and missed.</summary>
internal sealed class Score
{
    public int Right { get; set; }

    public int Wrong { get; set; }

    public int Missed { get; set; }

    /// <summary>Share of what is there that was found, 0 to 1; 1 when nothing is there.</summary>
    public double Recall => Share(Right, Missed);

    /// <summary>Share of what was found that is there, 0 to 1; 1 when nothing was found.</summary>
    public double Precision => Share(Right, Wrong);

    /// <summary>Harmonic mean of both.</summary>
    public double F1 => Right == 0 ? 0 : 2 * Recall * Precision / (Recall + Precision);

    private static double Share(int right, int others) => right + others == 0 ? 1 : right / (double)(right + others);
}
