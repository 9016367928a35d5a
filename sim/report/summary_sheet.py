"""The first sheet of the workbook: how far to trust it, the four headlines, the verdicts, the closing words."""

from __future__ import annotations

from collections.abc import Callable

from sim.report.conclusion import conclusion
from sim.report.formatting import unit_kind
from sim.report.headlines import headlines, warnings_text
from sim.report.manifest import Manifest
from sim.report.measure_words import with_outside_note
from sim.report.page import Facts, provenance_facts, run_facts
from sim.report.passage import target_labels
from sim.report.phrases import COLUMNS, HEADINGS
from sim.report.run_tables import RunTables
from sim.report.thresholds import limit_notes
from sim.report.words import verdict_text
from sim.report.workbook import CellValue, Column, Quantity, Sheet, both
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.words import LANGUAGES, Lang, Words

Cells = tuple[CellValue, ...]


def summary_sheet(tables: RunTables) -> Sheet:
    """Vietnamese in the first column, English in the second, numbers to the right."""
    columns = (
        *both(Words("Nội dung", "Text"), 90.0),
        *(Column(COLUMNS[name]) for name in ("threshold", "due", "median", "p05", "p95", "p_reached", "p_low")),
        Column(COLUMNS["p_high"]),
        Column(Words("Số lần (n)", "Simulations (n)"), 11.0),
        *both(COLUMNS["verdict"], 24.0, coloured=True),
    )
    rows: tuple[Cells, ...] = (
        *zip(warnings_text(tables.manifest, "vi"), warnings_text(tables.manifest, "en"), strict=True),
        *_facts(tables, run_facts),
        (),
        _block("headlines"),
        *_headlines(tables),
        (),
        _block("verdicts"),
        *_verdicts(tables),
        *zip(*(limit_notes(tables.targets, language, by_number=True) for language in LANGUAGES), strict=True),
        (),
        _block("conclusion"),
        *_closing_words(tables),
        (),
        *_facts(tables, provenance_facts),
    )
    title = Words(tables.manifest.title("vi"), tables.manifest.title("en"))
    return Sheet("Tóm tắt - Summary", title, columns, rows, filtered=False)


def _block(heading: str) -> Cells:
    words = HEADINGS[heading]
    return (words.vi.upper(), words.en.upper())


def _facts(tables: RunTables, of: Callable[[Manifest, Lang], Facts]) -> list[Cells]:
    lines = [[f"{name}: {value}" for name, value in of(tables.manifest, language)] for language in LANGUAGES]
    return list(zip(*lines, strict=True))


def _headlines(tables: RunTables) -> list[Cells]:
    both = zip(headlines(tables, "vi"), headlines(tables, "en"), strict=True)
    return [(f"{vi.label}: {vi.value}. {vi.detail}", f"{en.label}: {en.value}. {en.detail}") for vi, en in both]


def _verdicts(tables: RunTables) -> list[Cells]:
    rows: list[Cells] = []
    labels = target_labels(tables.targets)
    for row in deciding_rows(tables.targets):
        kind = unit_kind(row.measure)
        rows.append(
            (
                f"{labels[row.target_id]}. {_titled(row, 'vi')}",
                f"{labels[row.target_id]}. {_titled(row, 'en')}",
                Quantity(row.shown_threshold, kind),
                row.due,
                *(Quantity(value, kind) for value in (row.median, row.p05, row.p95)),
                *(Quantity(value, "share") for value in (row.p_reached, row.p_low, row.p_high)),
                row.n,
                verdict_text(row.verdict, "vi"),
                verdict_text(row.verdict, "en"),
            )
        )
    return rows


def _titled(row: TargetRow, language: Lang) -> str:
    return with_outside_note(row.title(language), row.measure, language)


def _closing_words(tables: RunTables) -> list[Cells]:
    rows: list[Cells] = []
    for vi, en in zip(conclusion(tables, "vi"), conclusion(tables, "en"), strict=True):
        rows.append((f"{vi.lead}. {vi.passage.opening}", f"{en.lead}. {en.passage.opening}"))
        points = zip(vi.passage.points, en.passage.points, strict=True)
        rows += [(f"– {in_vi}", f"– {in_en}") for in_vi, in_en in points]
        if vi.passage.closing:
            rows.append((vi.passage.closing, en.passage.closing))
    return rows
