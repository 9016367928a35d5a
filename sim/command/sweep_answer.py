"""The answer of `sweep`: for each target, what its value does from one end of each key to the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.command.console import Console
from sim.command.next_steps import Step, step_lines
from sim.report.formatting import date_text, threshold_text
from sim.report.study import Aim
from sim.report.sweep import (
    FEW_FUTURES,
    SweepTables,
    counted_text,
    first_answer_text,
    fit_text,
    levels_text,
    luck_text,
    missing_texts,
    read_sweep_tables,
    stands_still,
    still_text,
    swing_text,
)
from sim.report.sweep_levers import beside_passage, key_lines, only_money_text
from sim.results.run_folder import named, records
from sim.results.words import Lang, Words
from sim.scenario.errors import printable
from sim.studies.run_tables import page_of

Record = Mapping[str, Any]


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
    lines += map(printable, key_lines(tables.keys, tables.manifest, lang))
    lines += [luck_text(tables, lang), *missing_texts(tables, lang)]
    still = [aim for aim in tables.aims if stands_still(aim, tables)]
    for aim in (aim for aim in tables.aims if aim not in still):
        lines += ["", *_moved(aim, tables, lang)]
    if still:
        lines += ["", still_text(still, lang), *(f"   {aim.label}. {printable(aim.title(lang))}" for aim in still)]
    if money := only_money_text(tables.aims, tables.beside, lang):
        lines += ["", money]
    if beside := beside_passage(tables.beside, tables.keys, lang):
        lines += ["", beside.opening, *(f"   {printable(point)}" for point in beside.points)]
    if page.is_file():
        lines += ["", Words(f"Báo cáo: {page}", f"Report: {page}").text(lang)]
    if first:
        more = str(FEW_FUTURES - tables.futures)
        about = Words(f"Để chắc hơn (thêm {more} lần mỗi ô)", f"To be surer ({more} more of each cell)")
        step = Step(about, ["extend", str(shown), "--replications", more])
        lines += ["", *step_lines([step], [], lang)]
    return lines


def _moved(aim: Aim, tables: SweepTables, lang: Lang) -> Iterator[str]:
    """A target that some key moves, or of which that cannot be told."""
    limit = f"{threshold_text(aim.threshold, aim.kind, lang)}, {date_text(aim.due, lang)}"
    yield f"{aim.label}. {printable(aim.title(lang))}  ({limit})"
    swings = tables.swings_of(aim.target_id)
    for swing in swings:
        yield f"   {printable(swing_text(swing, aim, tables, lang))}"
        if levels := levels_text(swing, aim, tables, lang):
            yield f"      {printable(levels)}"
    if not swings:
        too_few = Words(
            "quá ít ô đã chạy để vẽ đường đáp ứng; giá trị của từng ô ở cells.csv",
            "too few finished cells for a curve; the value of each cell is in cells.csv",
        )
        yield f"   {too_few.text(lang)}"
    elif trust := fit_text(aim, tables, lang):
        yield f"   ({trust})"
