using System.Globalization;
using Microsoft.Extensions.Options;

namespace MlSystemDesign;

/// <summary>Checks the options of a system, so that a wrong value stops the host at start, by name.</summary>
public sealed class MlSystemOptionsValidator : IValidateOptions<MlSystemOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, MlSystemOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> faults = [];
        Check(nameof(options.DegreeOfParallelism), options.DegreeOfParallelism, 1, 1024, "how many threads may work");
        Check(nameof(options.Folds), options.Folds, 2, 100, "how many folds give out-of-fold predictions");
        Check(nameof(options.HoldoutCutoffs), options.HoldoutCutoffs, 1, 1000, "how many of the last mature cutoffs are tested on");
        Check(nameof(options.Embargo), options.Embargo.TotalDays, 0, 36_500, "the days after which outcomes have settled");
        Check(nameof(options.Confidence), options.Confidence, 0.5, 0.999, "the nominal coverage of intervals");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(string option, double value, double least, double most, string meaning)
        {
            if (!(value >= least && value <= most))
            {
                faults.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{option} of system '{name}' must be in [{least}, {most}]. Got {value}. Set it to {meaning}."));
            }
        }
    }
}
