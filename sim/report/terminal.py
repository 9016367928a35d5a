"""The answer on standard output: four headline numbers, the verdict table, what stands in the way, as plain text.

Words carry every meaning; colour only repeats it, and is left out for pipes, `TERM=dumb` and `NO_COLOR`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import TextIO

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.report.conclusion import ConclusionPart, closing_parts, verdict_class
from sim.report.formatting import BLANK, date_text, in_two_lines, month_text, threshold_text, unit_kind
from sim.report.headlines import Headline, chance_text, headlines, value_text, warnings_text
from sim.report.measure_words import with_outside_note
from sim.report.phrases import COLUMNS, SENTENCES
from sim.report.run_tables import RunTables, read_run_tables
from sim.report.words import term, verdict_text
from sim.results.run_tables import TargetRow
from sim.results.words import Lang

NARROWEST_WIDTH = 60
_VERDICT_COLOURS = {"reachable": "green", "out of reach": "red", "at risk": "yellow"}


def colour_wanted(stream: TextIO) -> bool:
    """Whether a stream should get colour: a terminal, not a dumb one, and NO_COLOR not set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def run_folder_text(run_folder: Path, lang: Lang, width: int, *, colour: bool = False) -> str:
    """The same answer read from a run folder. Raises FileNotFoundError or TableError as `read_run_tables` does."""
    return answer_text(read_run_tables(run_folder), lang, width, colour=colour)


def answer_text(tables: RunTables, lang: Lang, width: int, *, colour: bool = False) -> str:
    """Headlines and verdicts of a run, for a terminal of that width."""
    stream = StringIO()
    console = Console(
        file=stream,
        width=max(width, NARROWEST_WIDTH),
        color_system="standard" if colour and not os.environ.get("NO_COLOR") else None,
        force_terminal=colour,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    console.print(Text(tables.manifest.title(lang), style="bold"))
    for line in warnings_text(tables.manifest, lang):
        console.print(Text(line))
    console.print()
    _print_headlines(console, headlines(tables, lang))
    console.print()
    if tables.targets:
        console.print(_verdict_table(tables.targets, lang))
    else:
        console.print(Text(SENTENCES["no_data"].text(lang)))
    _print_closing(console, closing_parts(tables, lang))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def _print_closing(console: Console, parts: Sequence[ConclusionPart]) -> None:
    """What the report's closing words come to, without their introductions."""
    for part in parts:
        console.print()
        said = [*part.passage.points, part.passage.closing] if part.passage.points else [part.passage.opening]
        console.print(Text(part.lead, style="bold"))
        for sentence in filter(None, said):
            console.print(Padding(Text(f"– {sentence}"), (0, 0, 0, 2)))


def _print_headlines(console: Console, numbers: Sequence[Headline]) -> None:
    for number in numbers:
        console.print(Text.assemble((number.value, "bold"), "  ", number.label))
        console.print(Padding(Text(number.detail), (0, 0, 0, 4)))


def _verdict_table(targets: Sequence[TargetRow], lang: Lang) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    limits = f"{COLUMNS['threshold'].text(lang)},\n{COLUMNS['due'].text(lang).lower()}"
    table.add_column(COLUMNS["target"].text(lang), ratio=5, overflow="fold")
    table.add_column(limits, ratio=2, min_width=11)
    table.add_column(in_two_lines(COLUMNS["value"].text(lang)), ratio=2, min_width=13)
    table.add_column(in_two_lines(COLUMNS["chance"].text(lang)), ratio=3)
    table.add_column(COLUMNS["first_reached"].text(lang), ratio=1, min_width=8)
    table.add_column(COLUMNS["verdict"].text(lang), ratio=3, overflow="fold")
    verdict_of: dict[str, str | None] = {}
    for row in targets:
        decides = row.target_id not in verdict_of
        if not decides and row.verdict == verdict_of[row.target_id]:
            continue
        verdict_of.setdefault(row.target_id, row.verdict)
        kind = unit_kind(row.measure)
        limit = f"{threshold_text(row.threshold, kind, lang)}\n{date_text(row.due, lang)}" if decides else ""
        reading = Padding(Text(f"– {term('reading', row.reading, lang)}"), (0, 0, 0, 2))
        table.add_row(
            Text(f"{len(verdict_of)}. {with_outside_note(row.title(lang), row.measure, lang)}") if decides else reading,
            Text(limit),
            Text(in_two_lines(value_text(row, lang))),
            Text(in_two_lines(chance_text(row, lang))),
            Text(month_text(row.first_reached, lang)),
            Text(verdict_text(row.verdict, lang) or BLANK, style=_VERDICT_COLOURS.get(verdict_class(row.verdict), "")),
        )
    return table
