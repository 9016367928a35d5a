"""The skeleton of the comparison page. Text is escaped by the template engine; nothing is loaded from anywhere."""

from __future__ import annotations

from sim.report.page_top import page_top

TEMPLATE = (
    page_top("heading.kind")
    + """
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
