using System.Globalization;

namespace MlSystemDesign.Abstractions.Tests;

/// <summary>Runs something in a culture whose numbers and letters differ from the invariant ones.</summary>
internal static class Cultures
{
    public static T In<T>(string culture, Func<T> work)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            return work();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
