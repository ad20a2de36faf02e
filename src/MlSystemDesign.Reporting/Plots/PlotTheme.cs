using System.Globalization;
using System.Text.RegularExpressions;
using MlSystemDesign.Reporting.Html;
using OxyPlot;
using OxyPlot.Axes;

namespace MlSystemDesign.Reporting.Plots;

/// <summary>How plots look, and how they become part of a page: one palette, which the page's style sheet can change for dark screens and paper.</summary>
internal static partial class PlotTheme
{
    public static readonly OxyColor Ink = OxyColor.FromRgb(0x1C, 0x25, 0x2E);
    public static readonly OxyColor Muted = OxyColor.FromRgb(0x5B, 0x67, 0x74);
    public static readonly OxyColor Grid = OxyColor.FromRgb(0xE3, 0xE8, 0xED);
    public static readonly OxyColor Accent = OxyColor.FromRgb(0x0B, 0x6B, 0x94);
    public static readonly OxyColor Bar = OxyColor.FromRgb(0x5A, 0xA5, 0xC9);
    public static readonly OxyColor Band = OxyColor.FromRgb(0xD3, 0xE7, 0xF0);
    public static readonly OxyColor Neutral = OxyColor.FromRgb(0xB4, 0xBF, 0xC9);
    public static readonly OxyColor Mark = OxyColor.FromRgb(0xB4, 0x53, 0x09);

    /// <summary>From low to high values.</summary>
    public static readonly OxyColor[] Ramp = [Accent, OxyColor.FromRgb(0x6F, 0x9D, 0xB4), OxyColor.FromRgb(0x9A, 0x9C, 0x9B), OxyColor.FromRgb(0xC8, 0x93, 0x5E), Mark];

    private static readonly (OxyColor Color, string Variable)[] Variables =
        [(Ink, "--ink"), (Muted, "--muted"), (Grid, "--grid"), (Accent, "--accent"), (Bar, "--bar"), (Band, "--band"), (Neutral, "--neutral"), (Mark, "--mark"),
        (Ramp[1], "--lower"), (Ramp[2], "--middle"), (Ramp[3], "--higher")];

    public static PlotModel Model() => new()
    {
        Culture = CultureInfo.InvariantCulture,
        DefaultFont = "Segoe UI, Helvetica, Arial, sans-serif",
        DefaultFontSize = 13,
        TextColor = Ink,
        PlotAreaBorderThickness = new OxyThickness(0),
        Background = OxyColors.Transparent,
        Padding = new OxyThickness(4, 8, 12, 4),
    };

    /// <summary>Names that stand one below the other, the first at the top.</summary>
    public static CategoryAxis NamesDown() => new()
    {
        Position = AxisPosition.Left,
        StartPosition = 1,
        EndPosition = 0,
        TickStyle = TickStyle.None,
        AxislineStyle = LineStyle.None,
        TextColor = Ink,
    };

    public static LinearAxis Axis(AxisPosition position, string title, string format = "0.##") => new()
    {
        Position = position,
        Title = title,
        StringFormat = format,
        TitleColor = Muted,
        TextColor = Muted,
        AxislineStyle = LineStyle.Solid,
        AxislineColor = Neutral,
        TickStyle = TickStyle.None,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = Grid,
        MajorGridlineThickness = 1,
        AxisTitleDistance = 10,
    };

    /// <summary>Renders a model as an SVG element that scales with the page. Identifiers are made unique by the plot's own name.</summary>
    public static Markup Render(PlotModel model, string name, string description, int width, int height)
    {
        SvgExporter exporter = new()
        {
            Width = width,
            Height = height,
            IsDocument = false,
            UseVerticalTextAlignmentWorkaround = true,
            TextMeasurer = new RoomyTextMeasurer(width, height),
        };
        string svg = exporter.ExportToString(model).ReplaceLineEndings("\n");
        svg = SvgId().Replace(svg, match => match.Value.Replace(match.Groups[1].Value, name + "-" + match.Groups[1].Value, StringComparison.Ordinal));
        foreach (var (color, variable) in Variables)
        {
            string rgb = string.Create(CultureInfo.InvariantCulture, $"rgb({color.R},{color.G},{color.B})");
            svg = svg.Replace($"fill=\"{rgb}\"", $"style=\"fill:var({variable})\"", StringComparison.Ordinal).Replace(rgb, $"var({variable})", StringComparison.Ordinal);
        }

        // Clouds of dots are most of a page; a tenth of a pixel is as fine as anybody sees.
        svg = Dot().Replace(svg, dot => string.Create(
            CultureInfo.InvariantCulture, $"<circle cx=\"{Tenth(dot.Groups[1])}\" cy=\"{Tenth(dot.Groups[2])}\" r=\"{dot.Groups[3].ValueSpan}\" style=\"fill:{dot.Groups[4].ValueSpan}\"/>"));
        HtmlBuilder open = new();
        open.Add($"<svg class=\"plot\" role=\"img\" aria-label=\"{description}\" viewBox=\"0 0 {width} {height}\">");
        int body = svg.IndexOf('>', svg.IndexOf("<svg", StringComparison.Ordinal)) + 1;
        return new Markup(open + svg[body..].TrimEnd() + "\n");
    }

    /// <summary>The exporter's own measure takes texts to be up to four tenths narrower than browsers draw them, depending on their fonts, and labels would be cut.</summary>
    private sealed class RoomyTextMeasurer(double width, double height) : PdfRenderContext(width, height, OxyColors.Transparent)
    {
        public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
        {
            OxySize size = base.MeasureText(text, fontFamily, fontSize, fontWeight);
            return new OxySize(size.Width * 1.7, size.Height * 1.2);
        }
    }

    private static string Tenth(Group coordinate) => double.Parse(coordinate.ValueSpan, CultureInfo.InvariantCulture).ToString("0.#", CultureInfo.InvariantCulture);

    [GeneratedRegex("""<ellipse cx="([-0-9.]+)" cy="([-0-9.]+)" rx="([0-9.]+)" ry="\3" style="fill:([^;"]+);stroke:none;"[^>]*/>""")]
    private static partial Regex Dot();

    [GeneratedRegex("""(?:id="|url\(#|href="#)([A-Za-z0-9_-]+)""")]
    private static partial Regex SvgId();
}
