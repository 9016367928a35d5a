"""The style sheet of the pages: plain, printable, no colour that says anything alone."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f4f6f8; color: #1f2933; font: 16px/1.5 "Segoe UI", "Noto Sans", "DejaVu Sans", Arial,
  sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 28px 32px 48px; background: #fff; }
h1 { margin: 0; font-size: 1.65rem; line-height: 1.25; }
h2 { margin: 2.2rem 0 .7rem; padding-bottom: .25rem; border-bottom: 2px solid #1f5fa8; font-size: 1.2rem; }
h3 { margin: 1.2rem 0 .4rem; font-size: 1rem; }
.kind { margin: 0 0 .3rem; color: #52606d; }
.facts { margin: .8rem 0 0; color: #3e4c59; font-size: .92rem; }
.status { margin: 1rem 0 0; padding: .6rem .9rem; border-left: 5px solid #2f7d5b; background: #edf7f1; }
.status.provisional { border-color: #c77700; background: #fff6e6; }
.status p { margin: .1rem 0; }
.headlines { display: grid; grid-template-columns: repeat(2, 1fr); gap: 14px; margin: 0; padding: 0; list-style: none; }
.headlines li { padding: 14px 18px; border: 1px solid #cbd2d9; border-top: 4px solid #1f5fa8; }
.headlines .label { font-size: .95rem; font-weight: 600; }
.headlines .value { display: block; margin: .15rem 0; font-size: 1.9rem; font-weight: 700; line-height: 1.2; }
.headlines .detail { color: #52606d; font-size: .88rem; }
figure { margin: 0 0 1.8rem; break-inside: avoid; }
figure img { display: block; width: 100%; height: auto; }
figcaption { color: #3e4c59; font-size: .9rem; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .88rem; }
th, td { padding: .4rem .55rem; border-bottom: 1px solid #dde2e7; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid #7b8794; background: #f4f6f8; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tr.decides td { border-top: 2px solid #9aa5b1; font-weight: 600; }
tr.total td { font-weight: 700; border-top: 2px solid #7b8794; }
td.reading { padding-left: 1.6rem; }
.key { font-family: Consolas, "DejaVu Sans Mono", monospace; font-size: .8rem; overflow-wrap: anywhere; }
td.verdict { min-width: 7.5rem; font-weight: 600; }
td.verdict::before { content: ""; display: inline-block; width: .7em; height: .7em; margin-right: .4em;
  border: 1px solid #52606d; background: #fff; }
td.verdict.reachable::before { background: #2f7d5b; }
td.verdict.at-risk::before { background: #c77700; }
td.verdict.out-of-reach::before { background: #b3261e; }
td.verdict.blank::before { display: none; }
tr.decides small, td.verdict small { font-weight: 400; }
td.lines { white-space: pre; }
.conclusion p { margin: .7rem 0 .2rem; }
.conclusion ul { margin: .1rem 0; }
td.case { min-width: 11rem; }
th.wraps { white-space: normal; }
td.years { white-space: nowrap; }
small { color: #52606d; }
@media (max-width: 700px) { .headlines { grid-template-columns: 1fr; } main { padding: 16px; } }
@media print { body { background: #fff; font-size: 11pt; } main { max-width: none; padding: 0; } thead { display:
  table-header-group; } tr { break-inside: avoid; } }
""".strip()
