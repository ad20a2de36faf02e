using System.Collections.Concurrent;
using MlSystemDesign.Training.Boosting;

namespace MlSystemDesign.Tests.Training.Boosting;

public class FoldThreadsTests
{
    [Fact]
    public void Run_SeveralTimes_KeepsEachFoldOnOneThread()
    {
        using FoldThreads threads = new(2);
        Thread?[,] seen = new Thread?[3, 5];
        for (int time = 0; time < 3; time++)
        {
            threads.Run(5, fold => seen[time, fold] = Thread.CurrentThread);
        }

        for (int fold = 0; fold < 5; fold++)
        {
            seen[1, fold].Should().BeSameAs(seen[0, fold]);
            seen[2, fold].Should().BeSameAs(seen[0, fold]);
        }

        seen.Cast<Thread>().Distinct().Should().HaveCount(2).And.NotContain(Thread.CurrentThread);
    }

    [Fact]
    public void Run_OfFailingFolds_FinishesAllAndThrowsTheFirstFaultThatIsNoCancellation()
    {
        using FoldThreads threads = new(2);
        ConcurrentBag<int> done = [];

        Action act = () => threads.Run(5, fold =>
        {
            done.Add(fold);
            throw fold switch
            {
                0 => new OperationCanceledException(),
                3 => new InvalidOperationException("fold 3"),
                _ => new NotSupportedException($"fold {fold}"),
            };
        });

        act.Should().Throw<NotSupportedException>().WithMessage("fold 1");
        done.Should().BeEquivalentTo([0, 1, 2, 3, 4]);
    }

    [Fact]
    public void Run_OfCancelledFolds_ThrowsTheCancellation()
    {
        using FoldThreads threads = new(3);

        Action act = () => threads.Run(3, _ => throw new OperationCanceledException());

        act.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Dispose_LeavesNoThread()
    {
        ConcurrentBag<Thread> used = [];
        FoldThreads threads = new(2);
        threads.Run(4, _ => used.Add(Thread.CurrentThread));

        threads.Dispose();

        used.Distinct().Should().OnlyContain(thread => !thread.IsAlive);
    }
}
