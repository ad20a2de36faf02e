using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Stops what ML.NET is doing: boosting looks at its context in every round, but the method that cancels a context is not public.</summary>
/// <remarks>L-BFGS, and a version of ML.NET without that method, run a fit to its end; reading of rows is cancelled by the rows.</remarks>
internal static class MlNetCancellation
{
    /// <summary>Runs a fit, which ends soon after the token is cancelled where ML.NET looks.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; whatever ML.NET threw then is inside.</exception>
    internal static T Run<T>(MLContext context, Func<T> fit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using CancellationTokenRegistration registration = cancellationToken.Register(() => Cancel(context));
            T fitted = fit();
            cancellationToken.ThrowIfCancellationRequested();
            return fitted;
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The training was cancelled while ML.NET ran.", e, cancellationToken);
        }
    }

    private static void Cancel(MLContext context)
    {
        try
        {
            CancelExecution(context);
        }
        catch (MissingMethodException)
        {
            // Looked for again before the next fit.
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    private static extern void CancelExecution(MLContext context);
}
