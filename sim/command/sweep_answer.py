"""The answer of `sweep`: for each target, what its value does from one end of each key to the other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.command.console import Console
from sim.command.next_steps import Step, step_lines
from sim.report.formatting import date_text, threshold_text
from sim.report.sweep import closing_passages, moving_aims, opening_lines, target_lines
from sim.report.sweep_design import FEW_FUTURES, counted_text, first_answer_text, missing_texts
from sim.report.sweep_tables import SweepTables, read_sweep_tables
from sim.results.run_folder import named, records
from sim.results.words import Words
from sim.scenario.errors import printable
from sim.studies.run_tables import page_of

Record = Mapping[str, Any]

_TOO_FEW = Words(
    "Chưa đủ ô đã chạy xong để so sánh; giá trị của từng ô ở cells.csv.",
    "Too few cells are finished to compare; the value of each is in cells.csv.",
)


def sweep_answer(shown: Path, manifest: Record, command: str, console: Console) -> None:
    """Print what each key does to each target, or give it to a machine.

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
    console.answer("\n".join(_lines(read_sweep_tables(shown), shown, page, console)))


def _lines(tables: SweepTables, shown: Path, page: Path, console: Console) -> list[str]:
    lang = console.lang
    first = first_answer_text(tables, lang)
    lines = [printable(tables.manifest.title(lang)), *([first] if first else []), counted_text(tables, lang)]
    lines += [*map(printable, opening_lines(tables, lang)), *missing_texts(tables, lang)]
    for aim in moving_aims(tables):
        limit = f"{threshold_text(aim.threshold, aim.kind, lang)}, {date_text(aim.due, lang)}"
        lines += ["", f"{aim.label}. {printable(aim.title(lang))}  ({limit})"]
        lines += [f"   {printable(line)}" for line in target_lines(aim, tables, lang) or [_TOO_FEW.text(lang)]]
    for passage in closing_passages(tables, lang):
        lines += ["", passage.opening, *(f"   {printable(point)}" for point in passage.points)]
    if page.is_file():
        lines += ["", Words(f"Báo cáo: {page}", f"Report: {page}").text(lang)]
    if first:
        more = str(FEW_FUTURES - tables.futures)
        about = Words(f"Để chắc hơn (thêm {more} lần mỗi ô)", f"To be surer ({more} more of each cell)")
        step = Step(about, ["extend", str(shown), "--replications", more])
        lines += ["", *step_lines([step], [], lang)]
    return lines
