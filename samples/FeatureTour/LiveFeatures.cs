using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace FeatureTour;

/// <summary>Features of a customer the moment an order has come in.</summary>
internal static class LiveFeatures
{
    public static double[] AfterOneOrder(FeaturePlan plan, HistorySchema schema, DateTimeOffset now)
    {
        //// features
        OnlineFeatures online = new(plan, schema); // the schema of the history that the model was trained on
        int orders = online.SourceOf("orders");
        online.Add(orders, new FactRow { Entity = 17, Time = now.AddMinutes(-2), KnownTime = now.AddMinutes(-1), EventKey = "order 4711", Numbers = [19.99], Categories = ["book"] });
        double[] numbers = new double[online.Schema.Count];
        string?[] categories = new string?[online.Schema.Count];
        online.Read(17, now, numbers, categories); // the values that the batch would compute, bit for bit
        //// end

        return numbers;
    }
}
