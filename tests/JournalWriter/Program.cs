using JournalWriter;
using MlSystemDesign;
using MlSystemDesign.Features;

// Appends rows to the journal in a folder, on several threads, and prints "writer number" after each; compacts all the while. Ends when it is killed.
using FactJournal journal = WriterRows.Open(args[0]);
int[] last = WriterRows.LastNumbers(journal);
using StreamWriter output = new(Console.OpenStandardOutput()) { AutoFlush = true };
for (int w = 0; w < WriterRows.Writers; w++)
{
    int writer = w;
    new Thread(() =>
    {
        for (int number = last[writer] + 1; ; number++)
        {
            WriterRows.Append(journal, writer, number);
            lock (output)
            {
                output.Write($"{writer} {number}\n");
            }
        }
    }).Start();
}

while (true)
{
    Thread.Sleep(5);
    journal.Compact(retained => retained.Retain((int _, in FactRow _) => true));
}
