using MlSystemDesign.Csv;
using MlSystemDesign.History;

namespace MlSystemDesign.Benchmarks.Models;

/// <summary>Reads the real data sets as their description says: no column that is known only after the decision.</summary>
internal static class RealDataReader
{
    // Beyond the label and its date: filled in or corrected after booking, often at check-in; days_in_waiting_list is known once a booking is confirmed.
    private static readonly string[] AfterBooking =
    [
        "reservation_status", "reservation_status_date", "assigned_room_type", "booking_changes", "required_car_parking_spaces", "total_of_special_requests", "country", "days_in_waiting_list",
    ];

    internal static Task<ModelRows> TelcoAsync(string path) => ReadAsync(path, m => m.Entity("customerID").Target("Churn", positive: "Yes").InferOthers());

    internal static Task<ModelRows> BankMarketingAsync(string path) => ReadAsync(path, m => m.Target("y", positive: "yes").InferOthers(except: "duration"));

    internal static Task<ModelRows> GermanCreditAsync(string path) => ReadAsync(path, m => m.Target("class", positive: "2").InferOthers());

    internal static async Task<ModelRows> TvChurnAsync(string path)
    {
        // The paper's currency is not stated; savings are a share.
        FeatureTableIngest tv = await CsvFeatureTable.ReadAsync(path, m => m
            .Entity("id", EntityKeyKind.Integer).Target("target", positive: "1")
            .Costs("C_FP", "C_FN", "C_TP", "C_TN", Currency.Eur).InferOthers());
        return new ModelRows(new TrainingSet(tv.Features, tv.Targets.Span, costs: tv.Costs));
    }

    internal static async Task<ModelRows> HotelBookingsAsync(string path)
    {
        const string Year = "arrival_date_year";
        FeatureTableIngest hotel = await CsvFeatureTable.ReadAsync(path, m => m
            .Target("is_canceled", positive: "1").Missing("NA").Category("agent").Category("company").InferOthers(except: AfterBooking));
        double[] years = hotel.Features.Numbers(Year).ToArray();
        int[] earlier = [.. Enumerable.Range(0, years.Length).Where(i => years[i] < 2017)], later = [.. Enumerable.Range(0, years.Length).Where(i => years[i] >= 2017)];

        // The year divides the rows, so that it says nothing about those to come.
        FeatureTable table = hotel.Features.AlignTo(new FeatureSchema(hotel.Features.Schema.Where(c => c.Name != Year)));
        return new ModelRows(
            new TrainingSet(table.SelectRows(earlier), [.. earlier.Select(i => hotel.Targets.Span[i])]),
            new HoldoutSet(table.SelectRows(later), [.. later.Select(i => hotel.Targets.Span[i])]));
    }

    private static async Task<ModelRows> ReadAsync(string path, Action<FeatureTableMapping> map)
    {
        FeatureTableIngest ingest = await CsvFeatureTable.ReadAsync(path, map);
        return new ModelRows(new TrainingSet(ingest.Features, ingest.Targets.Span));
    }
}
