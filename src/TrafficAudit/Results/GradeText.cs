using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>A country's grade as tables have it: that an address was not recorded but looked up later stands beside it everywhere.</summary>
internal static class GradeText
{
    public static string Of(CountryGrade grade, bool isResolvedLater) => isResolvedLater ? $"{Token.Of(grade)}, resolved later" : Token.Of(grade);
}
