using CsCheck;

namespace MlSystemDesign.Abstractions.Tests.Keys;

public class EntityKeyTests
{
    // Few letters, so that equal and nearly equal keys come up often; the separators and escapes of the canonical text among them.
    private static readonly Gen<string> Tricky = Gen.OneOf(Gen.Char["ab;%:2B35Csic/"].Array[0, 5].Select(c => new string(c)), Gen.String[0, 4]);

    private static readonly Gen<EntityKey> Single = Gen.OneOf(
        Tricky.Select(t => new EntityKey(t)),
        Gen.OneOf(Gen.Long[-2, 2], Gen.Long).Select(l => new EntityKey(l)),
        Gen.OneOf(Gen.Byte[0, 2].Select(b => new Guid(b, 0, 0, new byte[8])), Gen.Guid).Select(g => new EntityKey(g)));

    private static readonly Gen<EntityKey> Few = Gen.Int[0, 3].Select(i => ((EntityKey[])["", "a", 0L, Guid.Empty])[i]);

    private static readonly Gen<EntityKey> Any = Gen.OneOf(Single, Few, Few.Array[2, 4].Select(parts => EntityKey.Composite(parts)), Single.Array[2, 3].Select(parts => EntityKey.Composite(parts)));

    [Fact]
    public void Kind_OfEachConstructor_IsItsOwn()
    {
        new EntityKey("7").Kind.Should().Be(EntityKeyKind.Text);
        new EntityKey(7).Kind.Should().Be(EntityKeyKind.Integer);
        new EntityKey(Guid.Empty).Kind.Should().Be(EntityKeyKind.Guid);
        EntityKey.Composite("a", 7).Kind.Should().Be(EntityKeyKind.Composite);
    }

    [Fact]
    public void Equals_AcrossKinds_IsNeverTrue()
    {
        EntityKey text = "7", number = 7L;
        (text == number).Should().BeFalse();
        (text != number).Should().BeTrue();
        text.ToString().Should().Be(number.ToString(), "only the canonical text tells them apart");
        text.ToCanonicalString().Should().NotBe(number.ToCanonicalString());
        new EntityKey(Guid.Empty).Equals((object)"00000000-0000-0000-0000-000000000000").Should().BeFalse();
    }

    [Fact]
    public void Default_IsTheEmptyText()
    {
        default(EntityKey).Should().Be(new EntityKey(string.Empty));
        default(EntityKey).GetHashCode().Should().Be(new EntityKey(string.Empty).GetHashCode());
        default(EntityKey).ToCanonicalString().Should().Be("s:");
        EntityKey.Parse("s:").Should().Be(default(EntityKey));
    }

    [Fact]
    public void New_OfText_TakesItAsItIs()
    {
        new EntityKey(" A").Should().NotBe(new EntityKey("A")).And.NotBe(new EntityKey(" a"));
        new EntityKey("\u00E9").Should().NotBe(new EntityKey("e\u0301"), "no normalisation");
        FluentActions.Invoking(() => new EntityKey((string)null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Order_IsTotalAndAgreesWithEquality() => Gen.Select(Any, Any, Any).Sample((a, b, c) =>
    {
        bool antisymmetric = Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a));
        bool transitive = !(a <= b && b <= c) || a <= c;
        bool consistent = (a.CompareTo(b) == 0) == (a == b) && (a == b) == (b == a) && (a != b) == !(a == b) && a.Equals((object)b) == (a == b);
        bool hashed = a != b || a.GetHashCode() == b.GetHashCode();
        bool operators = (a < b) == (a.CompareTo(b) < 0) && (a > b) == (a.CompareTo(b) > 0) && (a >= b) == (a.CompareTo(b) >= 0);
        return a.CompareTo(a) == 0 && antisymmetric && transitive && consistent && hashed && operators;
    });

    [Fact]
    public void Order_GoesByKindThenOrdinally()
    {
        EntityKey[] expected = ["", "B", "a", "ab", "ı", -5L, 3L, 20L, Guid.Parse("00000001-0000-0000-0000-000000000000"), EntityKey.Composite("a", 1L), EntityKey.Composite("a", 1L, 0L), EntityKey.Composite("a", 2L)];
        EntityKey[] shuffled = [.. expected.Reverse()];
        Cultures.In("tr-TR", () => shuffled.Order().ToArray()).Should().Equal(expected);
    }

    [Fact]
    public void Order_OfACompositeAndItsPrefix_PutsThePrefixFirst()
    {
        EntityKey prefix = EntityKey.Composite("a", 1L), longer = EntityKey.Composite("a", 1L, 0L);
        (prefix < longer).Should().BeTrue();
        (prefix == longer).Should().BeFalse();
    }

    [Fact]
    public void CanonicalText_OfAnyKey_ComesBackEqual() => Any.Sample(key => EntityKey.Parse(key.ToCanonicalString()) == key);

    [Fact]
    public void CanonicalText_OfDifferentKeys_Differs() => Gen.Select(Any, Any).Sample((a, b) => (a == b) == (a.ToCanonicalString() == b.ToCanonicalString()));

    [Theory]
    [InlineData("a;b", "c:s:a%3Bb;i:7")]
    [InlineData("%3B", "c:s:%253B;i:7")]
    [InlineData("%25;", "c:s:%2525%3B;i:7")]
    [InlineData("s:x", "c:s:s:x;i:7")]
    public void CanonicalText_OfSeparatorsInParts_IsEscaped(string part, string canonical)
    {
        EntityKey key = EntityKey.Composite(part, 7L);
        key.ToCanonicalString().Should().Be(canonical);
        EntityKey.Parse(canonical).Should().Be(key);
    }

    [Theory]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    public void CanonicalText_InAnyCulture_IsTheSame(string culture)
    {
        Cultures.In(culture, () => new EntityKey(-42).ToCanonicalString()).Should().Be("i:-42");
        Cultures.In(culture, () => EntityKey.Parse("i:-42")).Should().Be(new EntityKey(-42));
        new EntityKey(long.MinValue).ToCanonicalString().Should().Be("i:-9223372036854775808");
        new EntityKey(Guid.Parse("0F8FAD5B-D9CB-469F-A165-70867728950E")).ToCanonicalString().Should().Be("g:0f8fad5b-d9cb-469f-a165-70867728950e");
    }

    [Theory]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("x:1")]
    [InlineData("i:")]
    [InlineData("i:1.5")]
    [InlineData("i: 1")]
    [InlineData("i:9223372036854775808")]
    [InlineData("g:nope")]
    [InlineData("c:")]
    [InlineData("c:s:a")]
    [InlineData("c:s:a;")]
    [InlineData("c:c:s:a%3Bi:1;i:2")]
    public void Parse_OfOtherText_Refuses(string text) => FluentActions.Invoking(() => EntityKey.Parse(text)).Should().Throw<FormatException>();

    [Fact]
    public void Parse_OfOtherText_SaysWhatIsExpected() => FluentActions.Invoking(() => EntityKey.Parse("anna")).Should().Throw<FormatException>()
        .WithMessage("A canonical entity key must start with s:, i:, g: or c: and hold a value of that kind. Got 'anna'. Pass what ToCanonicalString returned.");

    [Fact]
    public void Composite_OfTooFewOrNestedParts_Refuses()
    {
        FluentActions.Invoking(() => EntityKey.Composite("a")).Should().Throw<ArgumentException>()
            .WithMessage("A composite key must have at least two parts. Got 1. Use the single key itself instead.*");
        FluentActions.Invoking(() => EntityKey.Composite("a", EntityKey.Composite("b", 1L))).Should().Throw<ArgumentException>()
            .WithMessage("The parts of a composite key must be single keys. Got 'b/1'. List its parts instead.*");
    }

    [Fact]
    public void Parts_OfASingleKey_AreTheKeyItself()
    {
        new EntityKey(4).Parts.Should().Equal(new EntityKey(4));
        EntityKey.Composite("a", 1L).Parts.Should().Equal("a", 1L);
        EntityKey.Composite("a", 1L).ToString().Should().Be("a/1");
    }

    [Fact]
    public void Composite_OfACallersArray_KeepsItsOwnParts()
    {
        EntityKey[] parts = ["a", "b"];
        EntityKey key = EntityKey.Composite(parts);
        parts[0] = "z";
        key.Should().Be(EntityKey.Composite("a", "b"));
    }
}
