using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features.Online;

public class ColumnPoolTests
{
    [Fact]
    public void Rent_AfterReturn_GivesTheArrayAgain_WithoutWhatItReferredTo()
    {
        ColumnPool<string?> pool = new();
        string?[] first = pool.Rent(16);
        Array.Fill(first, "a version of another entity's fact");

        pool.Return(first);
        string?[] again = pool.Rent(16);

        again.Should().BeSameAs(first).And.OnlyContain(item => item == null, "what a column does not set is no version");
    }

    [Fact]
    public void Rent_OfAnotherLength_GivesAnArrayOfThatLength()
    {
        ColumnPool<long> pool = new();
        pool.Return(pool.Rent(16));

        pool.Rent(32).Should().HaveCount(32);
        pool.Rent(8).Should().HaveCount(8);
    }
}
