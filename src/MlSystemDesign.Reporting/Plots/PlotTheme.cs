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

    private static readonly (OxyColor Color, string Variable)[] Variables =
        [(Ink, "--ink"), (Muted, "--muted"), (Grid, "--grid"), (Accent, "--accent"), (Bar, "--bar"), (Band, "--band"), (Neutral, "--neutral"), (Mark, "--mark")];

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

    [GeneratedRegex("""(?:id="|url\(#|href="#)([A-Za-z0-9_-]+)""")]
    private static partial Regex SvgId();
}
