using System.Data;
using System.Globalization;
using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace FeatureTour;

/// <summary>Students of a university, by module and presentation; time is in days from the presentation's start.</summary>
internal static class Oulad
{
    // The data do not say when a score was known; two weeks are declared. Whoever has the real day maps it with KnownTime instead.
    private static readonly TimeSpan Marking = TimeSpan.FromDays(14);

    public static Tour Create(DataFolder data)
    {
        //// features
        IEnumerable<IDataRecord> registrations = CsvRows.Of(data.File("oulad_registration.csv")), submissions = CsvRows.Of(data.File("oulad_submission.csv"));
        Dictionary<string, IDataRecord> assessments = CsvRows.Of(data.File("oulad_assessment.csv")).ToDictionary(a => a.Text("id_assessment"));
        HistoryBuilder sources = new HistoryBuilder().AddEvents("registrations", registrations, m => m.Entity(r => Key(r, r)).Time(r => Day(r, r, "date_registration")).OnBadRows(BadRows.SkipAndReport))
            .AddEvents("withdrawals", registrations.Where(r => r.Text("date_unregistration") != ""), m => m.Entity(r => Key(r, r)).Time(r => Day(r, r, "date_unregistration")))
            .AddEvents("submissions", submissions, m => m.Entity(s => Key(Of(s), s)).Time(s => Day(Of(s), s, "date_submitted")).Category("banked", s => s.Text("is_banked")))
            .AddEvents("scores", submissions, m => m.Entity(s => Key(Of(s), s)).Time(s => Day(Of(s), s, "date_submitted")).KnownAfter(Marking).Number("score", s => Score(s)));
        FeaturePlan plan = FeaturePlan.For("registrations", f => f.Tenure().OverAllHistory().Count()).And("withdrawals", f => f.OverAllHistory().Count())
            .And("submissions", f => f.Where(EventFilter.Is("banked", "FALSE"), s => s.OverDays(14).Count().OverAllHistory().Count().Recency(), alias: "own"))
            .And("scores", f => f.OverAllHistory().Mean("score").Last("score"));
        //// end

        return new Tour
        {
            Title = "Open University: 173,912 submissions and 32,593 registrations, one row per module, presentation and student at the end of day 30",
            Sources = sources,
            Plan = plan,
            Rows = EveryoneOnDay30,
            Shown = ["tenure", "withdrawals_count_all", "own_count_14d", "own_count_all", "own_recency", "score_mean_all", "score_last_all"],
        };

        IDataRecord Of(IDataRecord submission) => assessments[submission.Text("id_assessment")];
    }

    /// <summary>The rows of each presentation have its own cutoff: the end of its day 30.</summary>
    private static ObservationSet EveryoneOnDay30(IHistory history) => ObservationSet.Concat([.. new[] { "2013B", "2013J", "2014B", "2014J" }.Select(presentation =>
    {
        DateTimeOffset cutoff = Start(presentation).AddDays(31);
        return ObservationSet.At(history.EntitiesKnownBefore(cutoff).Where(e => e.Parts[1] == presentation), cutoff);
    })]);

    private static EntityKey? Key(IDataRecord module, IDataRecord student) =>
        EntityKey.Composite(module.Text("code_module"), module.Text("code_presentation"), student.Text("id_student"));

    private static DateTimeOffset? Day(IDataRecord module, IDataRecord row, string column) =>
        int.TryParse(row.Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int day) ? Start(module.Text("code_presentation")).AddDays(day) : null;

    private static double? Score(IDataRecord row) => double.TryParse(row.Text("score"), CultureInfo.InvariantCulture, out double score) ? score : null;

    /// <summary>"2013B" starts in February, "2013J" in October. The day of the month is not on record; the first is taken.</summary>
    private static DateTimeOffset Start(string presentation) =>
        new(int.Parse(presentation[..4], CultureInfo.InvariantCulture), presentation[4] == 'B' ? 2 : 10, 1, 0, 0, 0, TimeSpan.Zero);
}
