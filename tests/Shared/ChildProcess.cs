using System.Diagnostics;

namespace MlSystemDesign.Tests;

/// <summary>What a process of its own printed, and how it ended.</summary>
internal sealed record ChildProcess(int ExitCode, string Output, string Errors)
{
    /// <summary>Gets the lines of the output.</summary>
    public string[] Lines => Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>Runs a .NET program, or a test assembly that a module initialiser turns into one, and waits for its end.</summary>
    public static ChildProcess Run(string assembly, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        using Process process = Start(assembly, arguments, environment);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ChildProcess(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    /// <summary>Starts one, for the caller to read and to end. Its errors must be read, too.</summary>
    public static Process Start(string assembly, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        string host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        ProcessStartInfo start = new(host, ["exec", assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
