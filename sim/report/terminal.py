"""The answer on standard output: on one screen the verdicts, why and what would help; in full on request.

Words carry every meaning; colour only repeats it, and is left out for pipes, `TERM=dumb` and `NO_COLOR`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from sim.report.best_remedies import remedy_points
from sim.report.board import board_lines, reported_note
from sim.report.conclusion import ConclusionPart, closing_parts
from sim.report.evidence import evidence_text, strongest_influences
from sim.report.formatting import BLANK, cut, date_text, in_two_lines, month_text, number_text, quantity_text, unit_kind
from sim.report.headlines import Headline, chance_text, headlines, value_text, warnings_text
from sim.report.hindcast import mismatch_lines
from sim.report.last_day import last_day_lines, last_day_title
from sim.report.measure_words import with_outside_note
from sim.report.money import MONEY_LEAD, money_text
from sim.report.page import changed_facts
from sim.report.parameter_words import titles_of
from sim.report.passage import numbers_of, target_labels, targets_named
from sim.report.phrases import COLUMNS, SENTENCES, say
from sim.report.reasons import reason_points
from sim.report.remedies import remedy_lines
from sim.report.run_tables import RunTables, read_run_tables
from sim.report.tally import tally_text
from sim.report.text_table import print_table, printed, screen
from sim.report.thresholds import draws_note, limit_notes, limit_text
from sim.report.words import is_of_money_alone, term, verdict_group, verdict_text
from sim.results.remedy_tables import REMEDIES
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.words import Lang, Words

_OF_MONEY = "†"
_LEAST_FOR_A_TITLE = 28
"""Columns for a target's sign, number, id and the beginning of its title; with less room its numbers stand below."""
_NUMBERS = (COLUMNS["median"], COLUMNS["threshold"], COLUMNS["due"], COLUMNS["times_reached"])
_READINGS = Words(
    "Kết luận đổi theo cách tính ở {named}: thêm --details để xem.", "The reading decides for {named}: see --details."
)
_WHY = Words("Khó khăn, vướng mắc", "What stands in the way")
_RESTS_ON = Words("Kinh phí và giả định", "Money and assumptions")
_UNKNOWNS = Words("Chi phối kết quả nhiều nhất: {named}.", "What the results hang on most: {named}.")
_VERDICT_COLOURS = {"reachable": "green", "out of reach": "red", "at risk": "yellow"}


def colour_wanted(stream: TextIO) -> bool:
    """Whether a stream should get colour: a terminal, not a dumb one, and NO_COLOR not set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def run_folder_text(run_folder: Path, lang: Lang, width: int, *, colour: bool = False, details: bool = False) -> str:
    """The same answer read from a run folder. Raises FileNotFoundError or TableError as `read_run_tables` does."""
    text = details_text if details else answer_text
    return text(read_run_tables(run_folder), lang, width, colour=colour)


def answer_text(tables: RunTables, lang: Lang, width: int, *, colour: bool = False) -> str:
    """One screen: the board of verdicts, a reason for each, what would help, the money and what is assumed."""
    console, stream = screen(width, colour=colour)
    _print_what_it_is(console, tables, lang)
    console.print()
    if tables.targets:
        _print_board(console, tables.targets, lang)
    else:
        console.print(Text(SENTENCES["no_target_due"].text(lang)))
    why = reason_points(tables, lang, is_whole=False, labels=numbers_of(tables.targets))
    _print_points(console, _WHY, why, lang)
    _print_points(console, REMEDIES.title, remedy_points(tables.remedies, lang, is_whole=False), lang)
    _print_points(console, _RESTS_ON, rests_on(tables, lang), lang)
    return printed(stream)


def details_text(tables: RunTables, lang: Lang, width: int, *, colour: bool = False) -> str:
    """Headline numbers, every target by reading, all that stands in the way, and the league of options."""
    console, stream = screen(width, colour=colour)
    _print_what_it_is(console, tables, lang)
    console.print()
    _print_headlines(console, headlines(tables, lang))
    console.print()
    if tables.targets:
        _print_verdicts(console, tables.targets, lang)
        for note in limit_notes(tables.targets, lang):
            console.print(Text(f"{note}."))
    else:
        console.print(Text(SENTENCES["no_target_due"].text(lang)))
    _print_closing(console, closing_parts(tables, lang))
    _print_last_day(console, tables, lang)
    _print_remedies(console, remedy_lines(tables, lang), lang)
    return printed(stream)


def _print_what_it_is(console: Console, tables: RunTables, lang: Lang) -> None:
    """Title, how far the answer may be trusted, and what was changed for it."""
    console.print(Text(tables.manifest.title(lang), style="bold"))
    for line in (
        *warnings_text(tables.manifest, lang),
        *mismatch_lines(tables.hindcast, tables.targets, lang, tables.manifest.groups),
    ):
        console.print(Text(line))
    for note in tables.manifest.notes_in(lang):
        console.print(Text(note))
    for name, value in changed_facts(tables.manifest, lang, titles_of(tables.parameters)):
        console.print(Text(f"{name}: {value}"))


def _print_board(console: Console, targets: Sequence[TargetRow], lang: Lang) -> None:
    """How many have each verdict, then each target on one line; on a narrow screen its numbers stand below it."""
    console.print(Text(tally_text(targets, lang), style="bold"))
    lines = [
        (_numbers(row, lang), line, row)
        for line, row in zip(board_lines(targets, lang), deciding_rows(targets), strict=True)
    ]
    headings = [words.text(lang) for words in _NUMBERS]
    widths = [
        max(map(cell_len, column)) for column in zip(headings, *(numbers for numbers, _, _ in lines), strict=True)
    ]
    room = console.width - sum(widths) - 2 * len(widths)
    is_roomy = room >= _LEAST_FOR_A_TITLE
    if is_roomy:
        console.print(Text(" " * room + _in_columns(headings, widths), style="dim"))
    for numbers, line, row in lines:
        title = f"{line.sign} {line.label} {line.title}"
        style = _VERDICT_COLOURS.get(verdict_group(row.verdict), "")
        if is_roomy:
            shown = cut(title, lambda text: cell_len(text) <= room)
            console.print(Text(shown + " " * (room - cell_len(shown)) + _in_columns(numbers, widths), style=style))
        else:
            console.print(Text(title, style=style))
            said = "; ".join(f"{name}: {text}" for name, text in zip(headings, numbers, strict=True))
            console.print(Padding(Text(said), (0, 0, 0, 4)))
    if notes := notes_text(targets, lang):
        console.print(Text(notes))
    if readings := readings_text(targets, lang):
        console.print(Text(readings))


def _numbers(row: TargetRow, lang: Lang) -> list[str]:
    """Median, threshold, month it is due, and how often it is reached, of simulations or of draws of the money."""
    kind = unit_kind(row.measure)
    chance = BLANK
    if row.p_reached is not None:
        chance = f"{number_text(round(row.p_reached * row.n), 0, lang)}/{number_text(row.n, 0, lang)}"
        chance += _OF_MONEY if is_of_money_alone(row.verdict) else ""
    return [quantity_text(row.median, kind, lang), limit_text(row, lang), month_text(row.due, lang), chance]


def _in_columns(texts: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(" " * (2 + width - cell_len(text)) + text for text, width in zip(texts, widths, strict=True))


def notes_text(targets: Sequence[TargetRow], lang: Lang) -> str:
    """What the marks in the table say; empty where it has none."""
    draws = [f"{_OF_MONEY} {text}"] if (text := draws_note(targets, lang)) else []
    reported = [text] if (text := reported_note(targets, lang)) else []
    return "".join(f"{note}. " for note in (*reported, *limit_notes(targets, lang), *draws)).strip()


def readings_text(targets: Sequence[TargetRow], lang: Lang) -> str:
    """Which targets have another verdict when they are counted otherwise; empty where none has."""
    verdicts: dict[str, set[str]] = {}
    for row in targets:
        verdicts.setdefault(row.target_id, set()).update([verdict_group(row.verdict)] if row.verdict else [])
    several = [target_id for target_id, groups in verdicts.items() if len(groups) > 1]
    return say(_READINGS, lang, named=targets_named(several, numbers_of(targets), lang)) if several else ""


def rests_on(tables: RunTables, lang: Lang) -> list[str]:
    """The money, how much is assumed, and which unknowns go most with the targets."""
    said = [f"{MONEY_LEAD.text(lang)} {text}."] if (text := money_text(tables, lang)) else []
    unknowns = [row for row in strongest_influences(tables.influence) if row.noticeable]
    titles = titles_of(tables.parameters)
    named = "; ".join(titles[row.key].text(lang) if row.key in titles else row.key for row in unknowns)
    most = [say(_UNKNOWNS, lang, named=named)] if named else []
    return [one for one in (*said, evidence_text(tables.parameters, lang), *most) if one]


def _print_points(console: Console, title: Words, points: Sequence[str], lang: Lang) -> None:
    if points:
        console.print(Text(title.text(lang), style="bold"))
    for point in points:
        console.print(Padding(Text(point), (0, 0, 0, 2)))


def _print_last_day(console: Console, tables: RunTables, lang: Lang) -> None:
    """Every measure as it stands when the run ends: also those of no target, or of one due later."""
    lines = last_day_lines(tables.series, lang)
    if lines:
        console.print()
        console.print(Text(last_day_title(tables.series, lang), style="bold"))
    for line in lines:
        console.print(Padding(Text(f"– {line}"), (0, 0, 0, 2)))


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
    rows, labels = [], target_labels(targets)
    verdict_of: dict[str, str | None] = {}
    for row in targets:
        decides = row.target_id not in verdict_of
        if not decides and row.verdict == verdict_of[row.target_id]:
            continue
        verdict_of.setdefault(row.target_id, row.verdict)
        limit = f"{limit_text(row, lang)}\n{date_text(row.due, lang)}" if decides else ""
        title = f"{labels[row.target_id]}. {with_outside_note(row.title(lang), row.measure, lang)}"
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
