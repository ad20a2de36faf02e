namespace MlSystemDesign.Reporting;

/// <summary>The style sheet that every report carries inside.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--paper:#fff;--soft:#f5f7f9;--ink:#1c252e;--muted:#5b6774;--grid:#e3e8ed;--accent:#0b6b94;--bar:#5aa5c9;--band:#d3e7f0;--neutral:#b4bfc9;--mark:#b45309;--lower:#6f9db4;--middle:#9a9c9b;--higher:#c8935e;
        --good:#17643a;--goodbg:#dff3e6;--warn:#7a4a00;--warnbg:#fdf0d5;--bad:#9b1c1c;--badbg:#fde4e4}
        @media (prefers-color-scheme:dark){:root{--paper:#14191e;--soft:#1d242b;--ink:#e7ecf0;--muted:#a0acb8;--grid:#2c353e;--accent:#5bb8e0;--bar:#26749a;--band:#1f4356;--neutral:#5d6a76;--mark:#f0a04b;--lower:#5f9cb8;--middle:#8f9391;--higher:#c9995f;
        --good:#8fdcae;--goodbg:#173625;--warn:#f3c77a;--warnbg:#3a2c10;--bad:#f5a3a3;--badbg:#421b1b}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 "Segoe UI",Helvetica,Arial,sans-serif;-webkit-text-size-adjust:100%}
        main,header,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
        header{padding-top:2.25rem}
        h1{font-size:2rem;line-height:1.2;margin:0 0 .35rem}
        h2{font-size:1.35rem;line-height:1.25;margin:0 0 .75rem}
        h3{font-size:1.05rem;margin:1.5rem 0 .4rem}
        p{margin:.6rem 0}
        section{padding:1.75rem 0 1.25rem;border-top:1px solid var(--grid)}
        main>section:first-of-type{border-top:0;padding-top:.5rem}
        .meta,.question,figcaption,.method,caption,footer{color:var(--muted)}
        .meta,figcaption,.method,footer{font-size:.875rem}
        nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;margin:.75rem 0 1.25rem;padding:0;font-size:.9rem}
        a{color:var(--accent)}
        .lead{font-size:1.25rem;line-height:1.5;margin:.5rem 0 1rem}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(12.5rem,1fr));gap:.75rem;margin:1.1rem 0}
        .tiles>div{background:var(--soft);border-radius:.6rem;padding:.8rem 1rem;border-left:4px solid var(--neutral)}
        .tiles>.main{border-left-color:var(--accent)}
        .tiles dt{font-size:.85rem;color:var(--muted)}
        .tiles dd{margin:0;font-size:1.35rem;font-weight:600;line-height:1.3}
        small{display:block;font-size:.8rem;font-weight:400;color:var(--muted);line-height:1.4}
        .scroll{overflow-x:auto;margin:1rem 0}
        .scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        table{border-collapse:collapse;width:100%;font-size:.9rem}
        caption{text-align:left;font-size:.875rem;padding-bottom:.35rem}
        th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border-bottom:1px solid var(--grid)}
        th:first-child,td:first-child{padding-left:.3rem}
        thead th{font-weight:600;color:var(--muted);border-bottom:2px solid var(--neutral);vertical-align:bottom}
        tbody th{font-weight:600;overflow-wrap:anywhere;min-width:7rem}
        .n{text-align:right;font-variant-numeric:tabular-nums}
        td.n{white-space:nowrap}
        .why td{color:var(--muted);overflow-wrap:anywhere}tr:has(+.why)>*{border-bottom:0;padding-bottom:.1rem}
        .chosen{background:var(--soft)}
        .undefined,.absent{color:var(--warn)}
        .absent,.note{background:var(--soft);border-left:4px solid var(--neutral);padding:.6rem .9rem;border-radius:.3rem}
        .note.warn,.absent{background:var(--warnbg);color:var(--warn);border-left-color:var(--warn)}
        .badge{display:inline-block;padding:.05rem .55rem;border-radius:1rem;font-size:.8rem;font-weight:600;white-space:nowrap;background:var(--soft);color:var(--ink)}
        .good{background:var(--goodbg);color:var(--good)}.badge.warn{background:var(--warnbg);color:var(--warn)}.bad{background:var(--badbg);color:var(--bad)}
        figure{margin:1rem 0}figure h3{margin-top:0}
        .plotbox{overflow-x:auto}
        .plot{display:block;width:100%;min-width:30rem;max-width:46rem;height:auto}
        .narrow .plot{min-width:18rem;max-width:27rem}
        .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1rem 2rem;margin-top:1.5rem}
        .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:.5rem 2rem;margin-top:1.5rem}
        .facts{margin:.75rem 0}.facts>div{display:grid;grid-template-columns:9rem 1fr;gap:.5rem;padding:.3rem 0;border-bottom:1px solid var(--grid)}
        .facts dt{color:var(--muted)}.facts dd{margin:0;overflow-wrap:anywhere}
        .low{color:var(--accent);font-weight:600}.high{color:var(--mark);font-weight:600}
        .hash{font-family:Consolas,Menlo,monospace;font-size:.85rem}
        .prices{padding-left:1.2rem;font-size:1.05rem}
        summary{cursor:pointer;color:var(--accent);margin:1rem 0 .25rem}
        footer{padding-bottom:2rem;padding-top:1rem}
        @media (max-width:36rem){body{font-size:15px}h1{font-size:1.6rem}.lead{font-size:1.1rem}.facts>div{grid-template-columns:1fr;gap:0}main,header,footer{padding-left:1rem;padding-right:1rem}}
        @media print{:root{color-scheme:light;--paper:#fff;--soft:#f5f7f9;--ink:#1c252e;--muted:#5b6774;--grid:#e3e8ed;--accent:#0b6b94;--bar:#5aa5c9;--band:#d3e7f0;--neutral:#b4bfc9;--mark:#b45309;--lower:#6f9db4;--middle:#9a9c9b;--higher:#c8935e;
        --good:#17643a;--goodbg:#dff3e6;--warn:#7a4a00;--warnbg:#fdf0d5;--bad:#9b1c1c;--badbg:#fde4e4}
        body{font-size:10.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}nav{display:none}.scroll,.plotbox{overflow:visible}.plot{min-width:0}table{font-size:8.5pt}th,td{padding-right:.4rem}
        .tiles{grid-template-columns:repeat(4,1fr)}.tiles dd{font-size:1.05rem}tr,figure,.tiles>div{break-inside:avoid}h2,h3{break-after:avoid}main,header,footer{max-width:none;padding-left:0;padding-right:0}}
        """;
}
