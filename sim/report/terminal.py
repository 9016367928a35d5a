"""The answer on standard output: four headline numbers, the verdict table, what stands in the way, as plain text.

Words carry every meaning; colour only repeats it, and is left out for pipes, `TERM=dumb` and `NO_COLOR`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from sim.report.conclusion import ConclusionPart, closing_parts
from sim.report.formatting import BLANK, date_text, in_two_lines, month_text, threshold_text, unit_kind
from sim.report.headlines import Headline, chance_text, headlines, value_text, warnings_text
from sim.report.measure_words import with_outside_note
from sim.report.page import changed_facts
from sim.report.parameter_words import titles_of
from sim.report.phrases import COLUMNS, SENTENCES
from sim.report.remedies import remedy_lines
from sim.report.run_tables import RunTables, read_run_tables
from sim.report.text_table import print_table, printed, screen
from sim.report.words import target_label, term, verdict_group, verdict_text
from sim.results.remedy_tables import REMEDIES
from sim.results.run_tables import TargetRow
from sim.results.words import Lang

_VERDICT_COLOURS = {"reachable": "green", "out of reach": "red", "at risk": "yellow"}


def colour_wanted(stream: TextIO) -> bool:
    """Whether a stream should get colour: a terminal, not a dumb one, and NO_COLOR not set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def run_folder_text(run_folder: Path, lang: Lang, width: int, *, colour: bool = False) -> str:
    """The same answer read from a run folder. Raises FileNotFoundError or TableError as `read_run_tables` does."""
    return answer_text(read_run_tables(run_folder), lang, width, colour=colour)


def answer_text(tables: RunTables, lang: Lang, width: int, *, colour: bool = False) -> str:
    """Headlines and verdicts of a run, for a terminal of that width."""
    console, stream = screen(width, colour=colour)
    console.print(Text(tables.manifest.title(lang), style="bold"))
    for line in warnings_text(tables.manifest, lang):
        console.print(Text(line))
    for note in tables.manifest.notes_in(lang):
        console.print(Text(note))
    for name, value in changed_facts(tables.manifest, lang, titles_of(tables.parameters)):
        console.print(Text(f"{name}: {value}"))
    console.print()
    _print_headlines(console, headlines(tables, lang))
    console.print()
    if tables.targets:
        _print_verdicts(console, tables.targets, lang)
    else:
        console.print(Text(SENTENCES["no_target_due"].text(lang)))
    _print_closing(console, closing_parts(tables, lang))
    _print_remedies(console, remedy_lines(tables, lang), lang)
    return printed(stream)


def _print_closing(console: Console, parts: Sequence[ConclusionPart]) -> None:
    """What the report's closing words come to, without their introductions."""
    for part in parts:
        console.print()
        said = [*part.passage.points, part.passage.closing] if part.passage.points else [part.passage.opening]
        console.print(Text(part.lead, style="bold"))
        for sentence in filter(None, said):
            console.print(Padding(Text(f"– {sentence}"), (0, 0, 0, 2)))


def _print_remedies(console: Console, lines: Sequence[str], lang: Lang) -> None:
    if lines:
        console.print()
        console.print(Text(REMEDIES.title.text(lang), style="bold"))
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 2)))


def _print_headlines(console: Console, numbers: Sequence[Headline]) -> None:
    for number in numbers:
        console.print(Text.assemble((number.value, "bold"), "  ", number.label))
        console.print(Padding(Text(number.detail), (0, 0, 0, 4)))


def _print_verdicts(console: Console, targets: Sequence[TargetRow], lang: Lang) -> None:
    """Each target by the reading that decides, then by those whose verdict differs."""
    headings = [
        COLUMNS["target"].text(lang),
        f"{COLUMNS['threshold'].text(lang)},\n{COLUMNS['due'].text(lang).lower()}",
        in_two_lines(COLUMNS["value"].text(lang)),
        in_two_lines(COLUMNS["chance"].text(lang)),
        COLUMNS["first_reached"].text(lang),
        COLUMNS["verdict"].text(lang),
    ]
    rows = []
    verdict_of: dict[str, str | None] = {}
    for row in targets:
        decides = row.target_id not in verdict_of
        if not decides and row.verdict == verdict_of[row.target_id]:
            continue
        verdict_of.setdefault(row.target_id, row.verdict)
        kind = unit_kind(row.measure)
        limit = f"{threshold_text(row.threshold, kind, lang)}\n{date_text(row.due, lang)}" if decides else ""
        title = (
            f"{target_label(len(verdict_of), row.target_id)}. {with_outside_note(row.title(lang), row.measure, lang)}"
        )
        rows.append(
            (
                Text(title if decides else f"  – {term('reading', row.reading, lang)}"),
                Text(limit),
                Text(in_two_lines(value_text(row, lang))),
                Text(in_two_lines(chance_text(row, lang))),
                Text(month_text(row.first_reached, lang)),
                Text(
                    verdict_text(row.verdict, lang) or BLANK, style=_VERDICT_COLOURS.get(verdict_group(row.verdict), "")
                ),
            )
        )
    print_table(console, headings, rows)
