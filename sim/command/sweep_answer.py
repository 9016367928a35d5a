"""The answer of `sweep`: on one screen which targets its keys move, and by how much; on request every level."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.command.console import Console
from sim.command.more_replications import narrower
from sim.command.next_steps import step_lines
from sim.report.formatting import date_text
from sim.report.sweep import closing_passages, moving_aims, opening_lines, target_lines
from sim.report.sweep_design import counted_text, first_answer_text, missing_texts
from sim.report.sweep_matrix import answer_lines, matrix_text
from sim.report.sweep_tables import SweepTables, read_sweep_tables
from sim.report.thresholds import stated_limit
from sim.results.run_folder import named, records
from sim.results.words import Lang, Words
from sim.scenario.errors import printable
from sim.studies.run_tables import page_of

Record = Mapping[str, Any]

_MORE = Words(
    "Từng mức, văn bản và kinh phí đi kèm: thêm --details vào câu lệnh này, hoặc xem báo cáo.",
    "Every level, documents and money beside: add --details to this command, or see the report.",
)
_TOO_FEW = Words(
    "Chưa đủ trường hợp đã chạy xong để so sánh; giá trị của từng trường hợp ở cells.csv.",
    "Too few cells are finished to compare; the value of each is in cells.csv.",
)


def sweep_answer(shown: Path, manifest: Record, command: str, console: Console, *, details: bool = False) -> None:
    """Print on one screen what the keys do to the targets, in full on request, or give it to a machine.

    Raises:
        FileWriteError: standard output is full.
    """
    page = page_of(shown, "sweep", console.lang)
    tables = {name: records(shown, manifest, name) for name in ("swings", "levels", "response", "aims", "beside")}
    if console.as_json:
        content = {
            **named(shown, manifest),
            "engine": manifest["engine"],
            "study": manifest["study"],
            "simulations": {name: manifest[f"simulations_{name}"] for name in ("asked", "done")},
            "failures": manifest["failures"],
            **tables,
            "report": str(page) if page.is_file() else None,
        }
        console.answer_json(command, content)
        return
    console.answer("\n".join(_lines(read_sweep_tables(shown), shown, page, console, details=details)))


def _lines(tables: SweepTables, shown: Path, page: Path, console: Console, *, details: bool) -> list[str]:
    """What was varied, the answer and its table; in full each target by itself; then the page and the next command."""
    lang = console.lang
    first = first_answer_text(tables, lang)
    heading = [tables.manifest.title(lang), *([first] if first else []), *tables.manifest.notes_in(lang)]
    lines = [*map(printable, heading), counted_text(tables, lang)]
    lines += [*map(printable, opening_lines(tables, lang)), *missing_texts(tables, lang), ""]
    lines += [*map(printable, answer_lines(tables, lang))]
    if matrix := matrix_text(tables, lang, console.width()):
        lines += ["", *map(printable, matrix.split("\n"))]
    lines += _details(tables, lang) if details else [_MORE.text(lang)]
    if page.is_file():
        lines += ["", Words(f"Báo cáo: {page}", f"Report: {page}").text(lang)]
    if step := narrower(shown, tables.futures, Words(" mỗi trường hợp", " of each cell")):
        lines += step_lines([step], [], lang)
    return lines


def _details(tables: SweepTables, lang: Lang) -> list[str]:
    """Target by target with every level and the check of its curve, then the others and what goes along."""
    lines = []
    for aim in moving_aims(tables):
        limit = f"{stated_limit(aim, lang)}, {date_text(aim.due, lang)}"
        lines += ["", f"{aim.label}. {printable(aim.title(lang))}  ({limit})"]
        lines += [f"   {printable(line)}" for line in target_lines(aim, tables, lang) or [_TOO_FEW.text(lang)]]
    for passage in closing_passages(tables, lang):
        lines += ["", passage.opening, *(f"   {printable(point)}" for point in passage.points)]
    return lines
