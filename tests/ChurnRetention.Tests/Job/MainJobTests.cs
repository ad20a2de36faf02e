using ChurnRetention.Job;
using MlSystemDesign;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Tests;

namespace ChurnRetention.Tests.Job;

/// <summary>The main job end to end, on the simulator and on a file.</summary>
public sealed class MainJobTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("churn-job-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Measure_OfOneSeed_FindsMostOfWhatThePlannerWithTheTruthFinds()
    {
        HonestyRow row = await Honesty.MeasureAsync(2);

        row.Auc.Should().BeInRange(0.68, 0.78, "the true intensity has 0.75 to 0.78, and part of it shows");
        row.System.Should().BeGreaterThan(row.Random).And.BeLessThan(row.Oracle);
        row.SystemShare.Should().BeGreaterThan(0.6 * row.MeanEffectShare);
        row.Covered.Should().BeTrue();
    }

    [Fact]
    public void Program_WhereTheBoosterCannotLoad_GoesOnWithoutItAndSaysSo()
    {
        ChildProcess job = Program(["--output", _folder], ("MLSYSTEMDESIGN_LIGHTGBM_PATH", "/no/such/lib_lightgbm.so"));

        job.ExitCode.Should().Be(0, job.Errors);
        string text = string.Join(' ', job.Lines.Select(line => line.Trim()));
        text.Should().Contain("Model: logistic regression").And.Contain("Left out: LightGBM.").And.Contain("MLSYSTEMDESIGN_LIGHTGBM_PATH");
        File.ReadLines(Path.Combine(_folder, "decisions.csv")).Count().Should().BeGreaterThan(100);
        File.ReadLines(Path.Combine(_folder, "decisions.csv")).Skip(1).Should().OnlyContain(line => line.Contains("raises the risk of cancelling by ", StringComparison.Ordinal), "every decision says what moved its prediction");
        TrainedSystem.Load(Path.Combine(_folder, "churn.mlsystem")).Model.Algorithm.Should().Be("logistic regression");
        File.ReadAllText(Path.Combine(_folder, "report.html")).Should().Contain("Left out: LightGBM.");
    }

    [Fact]
    public void Program_OnAFile_DecidesFromItsEvents()
    {
        string events = Path.Combine(_folder, "events.csv");
        File.WriteAllLines(events, ["who,when,price,pieces", .. from c in Enumerable.Range(0, 200)
                                                                from k in Enumerable.Range(0, 60)
                                                                let day = (c % 30) + (k * (8 + (c % 25)))
                                                                where day < (c % 5 < 2 ? 200 + (c * 37 % 400) : 700)
                                                                select FormattableString.Invariant($"c{c},{new DateTime(2024, 1, 1).AddDays(day):yyyy-MM-dd},{10 + (c % 7)}.5,{1 + (k % 3)}")]);

        ChildProcess job = Program(["--events", events, "--entity", "who", "--time", "when", "--amount", "price*pieces", "--horizon", "60", "--output", _folder]);

        job.ExitCode.Should().Be(0, job.Errors);
        job.Output.Should().Contain("AUC-ROC").And.Contain("this plan").And.Contain("peak memory");
    }

    [SharedDataFact("cdnow_master.csv")]
    public void Program_OnCdnowAsItIs_TestsOnTheLastMatureCutoff() =>
        RunsOn("cdnow_master.csv", "1998-03-01", "--entity", "customer_id", "--time", "date", "--amount", "dollars", "--currency", "USD");

    [SharedDataFact("online_retail.csv.gz")]
    public void Program_OnOnlineRetailAsItIs_TestsOnTheLastMatureCutoff() =>
        RunsOn("online_retail.csv.gz", "2011-09-01", "--entity", "CustomerID", "--time", "InvoiceDate", "--amount", "Quantity*UnitPrice", "--currency", "GBP", "--zone", "Europe/London");

    [Theory]
    [InlineData("--evnets x", "An option must be one that --help lists. Got '--evnets'. Correct it.")]
    [InlineData("--events x.csv", "A file of events must come with its entity and time columns. Got --events alone. Add --entity COL --time COL.")]
    [InlineData("--horizon ninety", "The value of --horizon must be a number with a decimal point, in [0.01, 36500]. Got 'ninety'. Correct it.")]
    [InlineData("--budget 1e30", "The value of --budget must be a number with a decimal point, in [0, 1000000000000]. Got '1e30'. Correct it.")]
    [InlineData("--seeds -1", "The value of --seeds must be a whole number, not negative. Got '-1'. Correct it.")]
    [InlineData("--entity who", "--entity must come with a file. Got no --events. Add --events FILE, or leave it out to run the simulator.")]
    [InlineData("--events x.csv --entity who --time when --zone Nowhere", "The time zone must be one that this system knows. Got 'Nowhere'. Use an id such as Europe/Amsterdam or UTC.")]
    [InlineData("--seed", "An option must have a value. Got '--seed' at the end. Add its value, or see --help.")]
    public void Parse_OfAFaultyCommandLine_SaysWhatToDo(string line, string message)
    {
        Action parse = () => JobOptions.Parse(line.Split(' '));

        parse.Should().Throw<FormatException>().WithMessage(message);
    }

    [Fact]
    public void Program_OnAFileWithoutTheColumn_NamesTheColumnsThereAre()
    {
        string events = Path.Combine(_folder, "events.csv");
        File.WriteAllText(events, "who,when\na,2024-01-01\n");

        ChildProcess job = Program(["--events", events, "--entity", "customer", "--time", "when", "--output", _folder]);

        job.ExitCode.Should().Be(1);
        job.Errors.Should().Contain("customer").And.Contain("who, when");
    }

    private void RunsOn(string file, string testCutoff, params string[] options)
    {
        ChildProcess job = Program(["--events", SharedData.Path(file), .. options, "--output", _folder]);

        job.ExitCode.Should().Be(0, job.Errors);
        job.Lines.Should().Contain(line => line.StartsWith(testCutoff + "         0 ", StringComparison.Ordinal), "that cutoff is tested on, and not trained on");
        job.Output.Should().MatchRegex(@"AUC-ROC 0\.[67]\d+ \(0\.\d+ to 0\.\d+, 95 % DeLong").And.Contain("Leakage: Clean");
        new FileInfo(Path.Combine(_folder, "report.html")).Length.Should().BeGreaterThan(20_000);
    }

    private static ChildProcess Program(string[] arguments, params (string Name, string Value)[] environment) =>
        ChildProcess.Run(typeof(JobOptions).Assembly.Location, arguments, environment);
}
