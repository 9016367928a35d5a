"""A study as one page a language: words, pictures, tables; nothing is loaded from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, StrictUndefined

from sim.report.figures.drawing import WrittenPicture
from sim.report.html import content_security_policy, embedded, run_facts, unbroken_counts
from sim.report.page_top import page_top
from sim.report.passage import Passage
from sim.report.phrases import SENTENCES
from sim.report.rows import Manifest
from sim.results.words import Lang, Words

_TEMPLATE = (
    page_top("kind")
    + """
<section class="conclusion">
<h2>{{ summary }}</h2>
{%- for passage in passages %}
<p>{{ passage.opening }}</p>
<ul>
{%- for point in passage.points %}
<li>{{ point }}</li>
{%- endfor %}
</ul>
{%- if passage.closing %}
<p>{{ passage.closing }}</p>
{%- endif %}
{%- else %}
<p>{{ no_data }}</p>
{%- endfor %}
</section>

<section>
<h2>{{ pictures_heading }}</h2>
{%- for picture in pictures %}
<figure>
<img src="{{ picture.source }}" alt="{{ picture.alternative }}">
<figcaption>{{ picture.caption }} <small>{{ data_file }}: {{ picture.data_file }}</small></figcaption>
</figure>
{%- else %}
<p>{{ no_data }}</p>
{%- endfor %}
</section>
{%- for table in tables %}

<section>
<h2>{{ table.title }}</h2>
<div class="scroll"><table>
<thead><tr>{% for name in table.columns %}<th>{{ name }}</th>{% endfor %}</tr></thead>
<tbody>
{%- for row in table.rows %}
<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{%- endfor %}
</tbody>
</table></div>
{%- if table.note %}
<p><small>{{ table.note }}</small></p>
{%- endif %}
</section>
{%- endfor %}
</main>
</body>
</html>
"""
)
_HEADINGS = {
    "summary": Words("Tóm tắt bằng lời", "In words"),
    "pictures_heading": Words("Hình", "Pictures"),
}


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page, in words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def study_page(
    kind: Words,
    manifest: Manifest,
    warnings: Sequence[str],
    passages: Sequence[Passage],
    pictures: Sequence[WrittenPicture],
    tables: Sequence[PageTable],
    language: Lang,
) -> str:
    """The whole page as HTML text; text is escaped, and the same input gives the same page."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    page = environment.from_string(_TEMPLATE).render(
        language=language,
        content_security_policy=content_security_policy(),
        kind=kind.text(language),
        title=manifest.title(language),
        warnings=list(warnings),
        provisional=bool(warnings),
        facts=run_facts(manifest, language),
        passages=list(passages),
        pictures=[embedded(picture, language) for picture in pictures],
        tables=list(tables),
        no_data=SENTENCES["no_data"].text(language),
        data_file=SENTENCES["data_file"].text(language),
        **{name: words.text(language) for name, words in _HEADINGS.items()},
    )
    return unbroken_counts(page)
