"""The page's skeleton and style sheet. Text is escaped by the template engine; the page loads nothing from anywhere."""

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
td.key { font-family: Consolas, "DejaVu Sans Mono", monospace; font-size: .8rem; overflow-wrap: anywhere; }
td.verdict { font-weight: 600; }
td.verdict::before { content: ""; display: inline-block; width: .7em; height: .7em; margin-right: .4em;
  border: 1px solid #52606d; background: #fff; }
td.verdict.reachable::before { background: #2f7d5b; }
td.verdict.at-risk::before { background: #c77700; }
td.verdict.out-of-reach::before { background: #b3261e; }
td.verdict.blank::before { display: none; }
tr.decides small { font-weight: 400; }
td.lines { white-space: pre; }
td.years { white-space: nowrap; }
small { color: #52606d; }
@media (max-width: 700px) { .headlines { grid-template-columns: 1fr; } main { padding: 16px; } }
@media print { body { background: #fff; font-size: 11pt; } main { max-width: none; padding: 0; } thead { display:
  table-header-group; } tr { break-inside: avoid; } }
""".strip()

TEMPLATE = (
    """<!DOCTYPE html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ content_security_policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{ title }} – {{ heading.report }}</title>
<style>"""
    + STYLE
    + """</style>
</head>
<body>
<main>
<header>
<p class="kind">{{ heading.report }}</p>
<h1>{{ title }}</h1>
<div class="status{{ ' provisional' if provisional }}" role="note">
{%- for line in warnings %}
<p>{{ line }}</p>
{%- endfor %}
</div>
<p class="facts">
{%- for name, value in facts %}<strong>{{ name }}:</strong> {{ value }}{{ ' · ' if not loop.last }}{% endfor -%}
</p>
</header>

<section>
<h2>{{ heading.headlines }}</h2>
<ul class="headlines">
{%- for number in headlines %}
<li><span class="label">{{ number.label }}</span><span class="value">{{ number.value }}</span>
<span class="detail">{{ number.detail }}</span></li>
{%- endfor %}
</ul>
</section>

<section>
<h2>{{ heading.pictures }}</h2>
{%- for picture in pictures %}
<figure>
<img src="{{ picture.source }}" alt="{{ picture.alternative }}">
<figcaption>{{ picture.caption }} <small>{{ say.data_file }}: {{ picture.data_file }}</small></figcaption>
</figure>
{%- else %}
<p>{{ say.no_data }}</p>
{%- endfor %}
</section>

<section>
<h2>{{ heading.verdicts }}</h2>
<p>{{ say.every_reading }}</p>
<div class="scroll"><table>
<thead><tr><th>{{ column.target }} / {{ column.reading }}</th><th>{{ column.scope }}</th>
<th>{{ column.threshold }}, {{ column.due|lower }}</th><th>{{ column.value }}</th>
<th>{{ column.chance }}</th><th>{{ column.first_reached }}</th><th>{{ column.verdict }}</th></tr></thead>
<tbody>
{%- for row in targets %}
<tr{% if row.decides %} class="decides"{% endif %}>
<td{% if not row.decides %} class="reading"{% endif %}>
{%- if row.decides %}{{ row.title }}<br><small>{{ row.measure }}; {{ row.reading }}</small>
{%- else %}{{ row.reading }}{% if row.measure %}<br><small>{{ row.measure }}</small>{% endif %}{% endif -%}
</td>
<td>{{ row.scope }}</td><td class="lines">{{ row.threshold }}{{ newline }}{{ row.due }}</td>
<td class="lines">{{ row.value }}</td><td class="lines">{{ row.chance }}</td><td>{{ row.first_reached }}</td>
<td class="verdict {{ row.verdict_class }}">{{ row.verdict }}</td></tr>
{%- endfor %}
</tbody></table></div>
</section>

<section>
<h2>{{ heading.causes }}</h2>
{%- for group in cause_groups %}
<h3>{{ group.title }}</h3>
<p><small>{{ group.scope }}</small></p>
<ul>
{%- for sentence in group.sentences %}
<li>{{ sentence }}</li>
{%- endfor %}
</ul>
{%- else %}
<p>{{ say.no_data }}</p>
{%- endfor %}
</section>

<section>
<h2>{{ heading.money }}</h2>
{%- if money.rows %}
<p><small>{{ money.note }}</small></p>
<div class="scroll"><table>
<thead><tr><th>{{ column.line }}</th><th>{{ column.source }}</th><th>{{ column.year }}</th>
<th class="number">{{ column.planned }}</th><th class="number">{{ column.arrived }}</th>
<th class="number">{{ column.spent }}</th><th class="number">{{ column.returned }}</th></tr></thead>
<tbody>
{%- for row in money.rows %}
<tr{% if row.total %} class="total"{% endif %}><td>{{ row.title }}</td><td>{{ row.source }}</td>
<td class="years">{{ row.years }}</td>
{%- for amount in row.amounts %}<td class="number">{{ amount }}</td>{% endfor %}</tr>
{%- endfor %}
</tbody></table></div>
{%- else %}
<p>{{ say.no_data }}</p>
{%- endif %}
</section>

<section>
<h2>{{ heading.assumed }}</h2>
<p>{{ assumed_count }}</p>
{%- if assumed %}
<div class="scroll"><table>
<thead><tr><th>{{ column.key }}</th><th class="number">{{ column.parameter_value }}</th>
<th class="number">{{ column.range }}</th><th>{{ column.unit }}</th><th>{{ column.kind }}</th>
<th>{{ column.basis }}</th><th>{{ column.origin }}</th></tr></thead>
<tbody>
{%- for row in assumed %}
<tr><td class="key">{{ row.key }}</td><td class="number">{{ row.value }}</td><td class="number">{{ row.range }}</td>
<td>{{ row.unit }}</td><td>{{ row.kind }}</td><td>{{ row.basis }}</td><td>{{ row.source }}</td></tr>
{%- endfor %}
</tbody></table></div>
{%- endif %}
</section>

<section>
<h2>{{ heading.reading_guide }}</h2>
<ul>
{%- for line in reading_guide %}
<li>{{ line }}</li>
{%- endfor %}
</ul>
{%- if notes %}
<h3>{{ heading.notes }}</h3>
<ul>
{%- for line in notes %}
<li>{{ line }}</li>
{%- endfor %}
</ul>
{%- endif %}
</section>
</main>
</body>
</html>
"""
)
