"""The page's skeleton. Text is escaped by the template engine; the page loads nothing from anywhere."""

from __future__ import annotations

from sim.report.page_top import page_top

TEMPLATE = (
    page_top("heading.report")
    + """
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
{%- if targets %}
<p>{{ say.every_reading }}</p>
<div class="scroll"><table>
<thead><tr><th>{{ column.target }} / {{ column.reading }}</th><th>{{ column.scope }}</th>
<th>{{ column.threshold }}, {{ column.due|lower }}</th><th>{{ column.value }}</th>
<th>{{ column.chance }}</th><th>{{ column.first_reached }}</th><th>{{ column.verdict }}</th></tr></thead>
<tbody>
{%- for row in targets %}
<tr{% if row.decides %} class="decides"{% endif %}>
<td{% if not row.decides %} class="reading"{% endif %}>
{%- if row.decides %}{{ row.number }}. {{ row.title }}<br><small>{{ row.measure }}; {{ row.reading }}</small>
{%- else %}{{ row.reading }}{% if row.measure %}<br><small>{{ row.measure }}</small>{% endif %}{% endif -%}
</td>
<td>{{ row.scope }}</td><td class="lines">{{ row.threshold }}{{ newline }}{{ row.due }}</td>
<td class="lines">{{ row.value }}</td><td class="lines">{{ row.chance }}</td><td>{{ row.first_reached }}</td>
<td class="verdict {{ row.verdict_class }}">{{ row.verdict }}</td></tr>
{%- endfor %}
</tbody></table></div>
{%- else %}
<p>{{ say.no_target_due }}</p>
{%- endif %}
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

{%- if milestones %}
<section>
<h2>{{ heading.milestones }}</h2>
<p><small>{{ milestone_note }}</small></p>
<div class="scroll"><table>
<thead><tr><th>{{ column.target }}</th><th class="number">{{ column.planned }}</th><th>{{ column.delivered }}</th>
<th>{{ column.chance }}</th><th>{{ column.first_reached }}</th><th>{{ column.what_stops_it }}</th></tr></thead>
<tbody>
{%- for row in milestones %}
<tr><td>{{ row.number }}. {{ row.title }}</td><td class="number">{{ row.planned }}</td>
<td class="lines">{{ row.delivered }}</td><td class="lines">{{ row.chance }}</td><td>{{ row.first_reached }}</td>
<td>{% for stop in row.stops %}{{ stop }}{{ '.' if loop.last else '; ' }}{% endfor %}</td></tr>
{%- endfor %}
</tbody></table></div>
</section>
{%- endif %}

{%- if dossiers %}
<section>
<h2>{{ heading.dossiers }}</h2>
<h3>{{ heading.dossier_years }}</h3>
<p><small>{{ dossier_note }}</small></p>
<div class="scroll"><table>
<thead><tr><th>{{ column.year }}</th><th>{{ column.tier }}</th><th>{{ say.dossiers_filed }}</th>
<th class="number wraps">{{ column.per_inhabitant }}</th>
{%- for name in dossier_columns %}<th>{{ name }}</th>{% endfor %}</tr></thead>
<tbody>
{%- for row in dossiers %}
<tr><td>{{ row.year }}</td><td>{{ row.tier }}</td><td class="lines">{{ row.filed }}</td>
<td class="number">{{ row.per_inhabitant }}</td>
{%- for value in row.shares %}<td class="lines">{{ value }}</td>{% endfor %}</tr>
{%- endfor %}
</tbody></table></div>
{%- if dossier_checks %}
<h3>{{ heading.dossier_checks }}</h3>
<p><small>{{ check_note }}</small></p>
<div class="scroll"><table>
<thead><tr><th>{{ column.quantity }}</th><th>{{ column.place }}</th><th>{{ column.published }}</th>
<th>{{ column.simulated }}</th><th>{{ column.difference }}</th></tr></thead>
<tbody>
{%- for row in dossier_checks %}
<tr><td>{{ row.quantity }}<br><small>{{ row.scope }}</small></td>
<td>{{ row.place }}<br><small>{{ row.note }}. {{ row.source }}</small></td>
<td class="lines">{{ row.published }}</td><td class="lines">{{ row.simulated }}</td>
<td>{{ row.difference }}.{% if row.derived %}<br><small>{{ row.derived }}</small>{% endif %}</td></tr>
{%- endfor %}
</tbody></table></div>
{%- endif %}
</section>
{%- endif %}

{%- if certificates %}
<section>
<h2>{{ heading.certificates }}</h2>
<p><small>{{ certificates.note }}</small></p>
<div class="scroll"><table>
<thead><tr><th>{{ column.quantity }}</th>
{%- for year in certificates.years %}<th class="number">{{ year }}</th>{% endfor %}</tr></thead>
<tbody>
{%- for row in certificates.lines %}
<tr><td>{{ row.title }}</td>
{%- for value in row.values %}<td class="number lines">{{ value }}</td>{% endfor %}</tr>
{%- endfor %}
</tbody></table></div>
</section>
{%- endif %}

{%- if saturation %}
<section>
<h2>{{ heading.saturation }}</h2>
<p><small>{{ saturation_note }}</small></p>
<div class="scroll"><table>
<thead><tr><th>{{ column.station }}</th><th>{{ column.utilisation }}</th><th>{{ column.saturated_in }}</th></tr></thead>
<tbody>
{%- for row in saturation %}
<tr><td>{{ row.post }}</td><td class="lines">{{ row.utilisation }}</td><td>{{ row.times }}</td></tr>
{%- endfor %}
</tbody></table></div>
</section>
{%- endif %}

{%- if baselines %}
<section>
<h2>{{ heading.baselines }}</h2>
<p><small>{{ baseline_note }}</small></p>
<div class="scroll"><table>
<thead><tr><th>{{ column.measure }}</th><th>{{ column.scope }}</th><th>{{ column.reported_start }}</th>
<th>{{ column.simulated_start }}</th><th>{{ column.in_band }}</th><th>{{ column.state }}</th></tr></thead>
<tbody>
{%- for row in baselines %}
<tr><td>{{ row.measure }}<br><small>{{ column.origin }}: {{ row.source }}</small></td><td>{{ row.scope }}</td>
<td class="lines">{{ row.reported }}</td><td class="lines">{{ row.simulated }}</td><td>{{ row.in_band }}</td>
<td class="verdict {{ row.state_class }}">{{ row.state }}{% if row.reason %}<br><small>{{ row.reason }}</small>
{%- endif %}</td></tr>
{%- endfor %}
</tbody></table></div>
</section>
{%- endif %}

<section>
<h2>{{ heading.money }}</h2>
{%- if money %}
{%- for line in money.notes %}
<p><small>{{ line }}</small></p>
{%- endfor %}
<h3>{{ heading.money_by_year }}</h3>
<div class="scroll"><table>
<thead><tr><th>{{ column.year }}</th>
{%- for name in money.columns %}<th class="number">{{ name }}</th>{% endfor %}</tr></thead>
<tbody>
{%- for row in money.by_year %}
<tr{% if row.total %} class="total"{% endif %}><td class="case">{{ row.title }}</td>
{%- for amount in row.amounts %}<td class="number lines">{{ amount }}</td>{% endfor %}</tr>
{%- endfor %}
</tbody></table></div>
<h3>{{ heading.money_by_line }}</h3>
<div class="scroll"><table>
<thead><tr><th>{{ column.line }}</th><th>{{ column.source }}</th><th>{{ column.year }}</th>
{%- for name in money.columns %}<th class="number">{{ name }}</th>{% endfor %}</tr></thead>
<tbody>
{%- for row in money.by_line %}
<tr{% if row.total %} class="total"{% endif %}><td class="case">{{ row.title }}</td><td>{{ row.source }}</td>
<td class="years">{{ row.years }}</td>
{%- for amount in row.amounts %}<td class="number lines">{{ amount }}</td>{% endfor %}</tr>
{%- endfor %}
</tbody></table></div>
{%- else %}
<p>{{ say.no_data }}</p>
{%- endif %}
</section>

<section class="conclusion">
<h2>{{ heading.conclusion }}</h2>
{%- for paragraph in conclusion %}
<p><strong>{{ paragraph.lead }}.</strong> {{ paragraph.passage.opening }}</p>
{%- if paragraph.passage.points %}
<ul>
{%- for point in paragraph.passage.points %}
<li>{{ point }}</li>
{%- endfor %}
</ul>
{%- endif %}
{%- if paragraph.passage.closing %}
<p>{{ paragraph.passage.closing }}</p>
{%- endif %}
{%- endfor %}
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
<tr><td>{% if row.title %}{{ row.title }}<br>{% endif %}<span class="key">{{ row.key }}</span></td>
<td class="number">{{ row.value }}</td><td class="number">{{ row.range }}</td>
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
