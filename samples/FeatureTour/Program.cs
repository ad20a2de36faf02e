// What it takes to get point-in-time features from real event logs: a few lines per data set.
using System.Globalization;
using FeatureTour;
using MlSystemDesign;

const string Usage = "FeatureTour [replay] [online-retail|cdnow|journey|oulad] [--data FOLDER]\nWithout a data set: a simulated shop. With replay: the same, fact by fact through the online engine, compared with a "
    + "nightly batch. The folder is ../shared/data beside the repository by default.";
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(Usage);
    return 0;
}

try
{
    if (args is ["replay", .. var rest])
    {
        return (await Replay.RunAsync(Choose(rest), Console.Out)).Different == 0 ? 0 : 1;
    }

    await TourPrinter.RunAsync(Choose(args), Console.Out);
    return 0;
}
catch (Exception e) when (e is MlSystemDesignException or IOException or UnauthorizedAccessException or ArgumentException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static Tour Choose(string[] args) => args switch
{
    [] => SimulatedShop.Create(),
    [var name] => Named(name, new DataFolder(null)),
    [var name, "--data", var folder] => Named(name, new DataFolder(folder)),
    _ => throw new ArgumentException($"The arguments must be a data set and perhaps its folder. Got '{string.Join(' ', args)}'. Usage: {Usage}"),
};

static Tour Named(string name, DataFolder data) => name switch
{
    "online-retail" => OnlineRetail.Create(data),
    "cdnow" => Cdnow.Create(data),
    "journey" => Journey.Create(data),
    "oulad" => Oulad.Create(data),
    _ => throw new ArgumentException($"The data set must be one of online-retail, cdnow, journey, oulad. Got '{name}'. Usage: {Usage}"),
};
