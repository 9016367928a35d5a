"""The skeleton of the comparison page. Text is escaped by the template engine; nothing is loaded from anywhere."""

from __future__ import annotations

from sim.report.page_style import STYLE

TEMPLATE = (
    """<!DOCTYPE html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ content_security_policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{ title }} – {{ heading.kind }}</title>
<style>"""
    + STYLE
    + """</style>
</head>
<body>
<main>
<header>
<p class="kind">{{ heading.kind }}</p>
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

<section class="conclusion">
<h2>{{ heading.summary }}</h2>
{%- for passage in passages %}
<p>{{ passage.opening }}</p>
<ul>
{%- for point in passage.points %}
<li>{{ point }}</li>
{%- endfor %}
</ul>
{%- else %}
<p>{{ say.no_data }}</p>
{%- endfor %}
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
<h2>{{ heading.table }}</h2>
<p>{{ note }}</p>
<div class="scroll"><table>
<thead><tr><th>{{ column.case }}</th><th>{{ column.value }}</th><th>{{ column.chance }}</th>
<th>{{ column.difference }}</th><th>{{ column.clearness }}</th><th>{{ column.verdict }}</th>
<th class="number wraps">{{ column.spent }}</th></tr></thead>
{%- for block in blocks %}
<tbody>
<tr class="decides"><td colspan="7">{{ block.title }} <small>({{ block.aim }})</small></td></tr>
{%- for row in block.lines %}
<tr><td class="reading case">{{ row.case }}</td><td class="lines">{{ row.value }}</td>
<td class="lines">{{ row.chance }}</td>
<td class="lines">{{ row.difference }}</td><td>{{ row.clear }}</td>
<td class="verdict {{ row.verdict_class }}">{{ row.verdict }}</td><td class="number">{{ row.spent }}</td></tr>
{%- endfor %}
</tbody>
{%- endfor %}
</table></div>
</section>
</main>
</body>
</html>
"""
)
