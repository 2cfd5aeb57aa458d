import { pageStyle } from "../report/page.generated.js";
import { html, trusted, type Markup } from "../report/html.js";

/** The colours of the report, in both tones: one list for all. */
const colours = Array.from(pageStyle.matchAll(/--[\w-]+: light-dark\([^)]*\);/g), ([whole]) => whole)
  .filter((each) => !each.includes("--plot-"))
  .join("");

// Notebooks have rules of their own for tables, so that each of ours names the class twice to be the stronger.
const style = [
  `.bf-view{${colours}color-scheme:light dark;color:var(--ink);font-size:13px;line-height:1.45;max-width:836px;margin:0 0 8px}`,
  // JupyterLab and VS Code say which tone they show; else it is that of the reader's system.
  ':is([data-jp-theme-light="true"],.vscode-light) .bf-view{color-scheme:light}',
  ':is([data-jp-theme-light="false"],.vscode-dark) .bf-view{color-scheme:dark}',
  ".bf-view.bf-view h4{margin:4px 0 2px;font-size:15px;font-weight:600}",
  ".bf-view.bf-view p{margin:2px 0;color:var(--muted)}",
  ".bf-view.bf-view pre{margin:4px 0;padding:10px 12px;border:1px solid var(--line);border-radius:8px;background:var(--raised);color:var(--ink);font:12.5px/1.5 ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre;overflow:auto;max-height:600px}",
  ".bf-view .k{color:var(--long)}.bf-view .s{color:var(--gain)}.bf-view .n{color:var(--series-1)}.bf-view .c,.bf-view .faint{color:var(--muted)}",
  ".bf-view .error{color:var(--loss);font-weight:600}.bf-view .warning{color:var(--caution);font-weight:600}.bf-view .accent{color:var(--accent)}",
  ".bf-view.bf-view ul{margin:6px 0;padding:0;list-style:none}",
  ".bf-view.bf-view li{margin:4px 0;padding:6px 10px;border-left:3px solid var(--hold);background:var(--raised)}",
  ".bf-view.bf-view li.warning,.bf-view.bf-view li.caution{border-color:var(--caution);color:var(--ink);font-weight:400}",
  ".bf-view.bf-view li.bad{border-color:var(--down)}.bf-view.bf-view li.good{border-color:var(--up)}",
  ".bf-view li .small{display:block;color:var(--muted)}",
  ".bf-view.bf-view pre code{padding:0;background:none;color:inherit;font:inherit}",
  ".bf-view.bf-view img{display:block;max-width:100%;height:auto;margin:0}",
  ".bf-view .scroll{overflow-x:auto}",
  ".bf-view.bf-view table{border-collapse:collapse;margin:4px 0 6px;border:0;font-size:12.5px;table-layout:auto;color:var(--ink)}",
  ".bf-view.bf-view caption{caption-side:top;padding:2px 0 4px;color:var(--muted);text-align:left}",
  ".bf-view.bf-view tr.bf-row,.bf-view.bf-view tr.bf-row:nth-child(odd){background:none}",
  ".bf-view.bf-view :is(th,td){padding:4px 14px 4px 0;border:0;border-bottom:1px solid var(--line);background:none;text-align:left;vertical-align:baseline;white-space:nowrap;max-width:none}",
  ".bf-view.bf-view thead :is(th,td){color:var(--muted);font-weight:500}",
  ".bf-view.bf-view tbody th{font-weight:500}",
  ".bf-view.bf-view .number{text-align:right;font-variant-numeric:tabular-nums}",
  ".bf-view.bf-view td.wide{white-space:normal;color:var(--muted);min-width:280px}",
  ".bf-view .gain{color:var(--gain)}.bf-view .loss{color:var(--loss)}.bf-view td.caution{color:var(--caution)}",
  ".bf-view.bf-view .bf-tiles{width:100%;table-layout:fixed;border-collapse:separate;border-spacing:6px;margin:4px -6px}",
  ".bf-view.bf-view .bf-tiles td{padding:6px 10px;border:1px solid var(--line);border-radius:8px;background:var(--surface);overflow:hidden;vertical-align:top}",
  ".bf-view .bf-tiles span{color:var(--muted);font-size:11.5px}",
  ".bf-view .bf-tiles strong{font-size:17px;font-weight:600;font-variant-numeric:tabular-nums}",
].join("\n");

/** A text of a notebook, in the colours that the notebook has. */
export const framed = (inside: Markup): Markup =>
  html`<div class="bf-view">
    <style>
      ${trusted(style)}
    </style>
    ${inside}
  </div>`;
