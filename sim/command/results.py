"""From the journal to the tables, the report and the answer."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.command.console import Console
from sim.command.language import LANGUAGES
from sim.results.atomic_files import FileWriteError, plain_reason
from sim.results.run_folder import RUN_TABLES
from sim.results.words import Lang, Words
from sim.studies.case import Case
from sim.studies.folder import RunFolder
from sim.studies.journal import Journal
from sim.studies.refusals import InputRefusedError

TABLES = tuple(table.name for table in RUN_TABLES)
COMPARED = ("compare", "compare_series", "targets", "parameters")
_MARKS = {"compare": "compare", "sweep": "swings", "goal": "goal_points", "sensitivity": "effects"}
_NEEDED_BY = {
    "report": TABLES,
    "compare": COMPARED,
    "sweep": ("swings", "response", "aims", "cells"),
    "sensitivity": ("effects", "aims"),
    "goal": ("goal_points", "aims"),
}
_TEXTS = frozenset(
    [
        *("target_id", "title_vi", "title_en", "measure", "scope", "reading", "due", "first_reached", "verdict"),
        *("option", "cell", "key", "role", "key_x", "key_y", "method", "status", "error"),
    ]
)
_COUNTS = frozenset(["n", "holm_significant"])


def write_tables(folder: RunFolder, case: Case, journal: Journal) -> None:
    """Write every table anew from the replications that are done, in their order, and those under another luck.

    Raises:
        ValueError: none is done.
        JournalDamagedError: a row is not what was written.
        FileWriteError: the disk refuses.
    """
    from sim.measure.payload import decode
    from sim.measure.summary import tables

    repeated = case.cell(folder.path, second_luck=True).cell_hash
    measured = [decode(payload) for _, payload in journal.payloads(case.run_hash)]
    second_luck = [decode(payload, months=False) for _, payload in journal.payloads(repeated)]
    for filled in tables(case.loaded, measured, second_luck).values():
        folder.write_text(filled.table.file, filled.text())


def has_tables(folder: Path, names: Sequence[str] = TABLES) -> bool:
    """Whether all tables are there."""
    return all((folder / f"{name}.csv").is_file() for name in names)


def page_of(folder: Path, lang: Lang) -> Path:
    """The page in one language: of a comparison or a study where that is what the folder holds, else of the run."""
    return folder / f"{_kind_of(folder)}.{lang}.html"


def has_report(folder: Path) -> bool:
    """Whether the pages in both languages are there."""
    return all(page_of(folder, lang).is_file() for lang in LANGUAGES)


def draw_report(folder: Path, console: Console) -> list[Path]:
    """Write pictures and pages from the tables; returns the files.

    Raises:
        InputRefusedError: there are no tables yet.
        TableError: a table cannot be read.
        FileWriteError: the disk refuses.
    """
    if not has_tables(folder, _NEEDED_BY[_kind_of(folder)]):
        missing = Words(f"{folder}: chưa có bảng kết quả", f"{folder}: there are no tables yet")
        raise InputRefusedError(missing)
    console.say(Words("vẽ hình và viết báo cáo", "drawing pictures and writing the report"))
    try:
        return _pages(folder)
    except OSError as error:
        raise FileWriteError(Path(error.filename or folder), plain_reason(error)) from error


def _kind_of(folder: Path) -> str:
    """What the folder holds, by the table that only it has."""
    if (folder / "targets.csv").is_file() and not (folder / "compare.csv").is_file():
        return "report"
    return next((kind for kind, table in _MARKS.items() if (folder / f"{table}.csv").is_file()), "report")


def _pages(folder: Path) -> list[Path]:
    from sim.report.folder import KINDS, write_report

    kind = _kind_of(folder)
    return write_report(folder, next((one for one in KINDS if one == kind), "run"))


def answer(folder: Path, manifest: Mapping[str, Any], command: str, console: Console) -> None:
    """Print the verdicts, and where the report is.

    Raises:
        FileWriteError: standard output is full.
    """
    page = page_of(folder, console.lang)
    if console.as_json:
        content = {
            "folder": str(folder),
            "status": manifest["status"],
            "scenario": manifest["scenario"],
            "seed": manifest["seed"],
            "engine": manifest["engine"],
            "replications": {name: manifest[f"replications_{name}"] for name in ("asked", "done", "failed")},
            "failures": manifest["failures"],
            "targets": records(folder / "targets.csv"),
            "report": str(page) if page.is_file() else None,
        }
        console.answer_json(command, content)
        return
    from sim.report.terminal import colour_wanted, run_folder_text

    colour = sys.stdout is not None and colour_wanted(sys.stdout)
    text = run_folder_text(folder, console.lang, console.width(), colour=colour)
    where = Words(f"Báo cáo: {page}", f"Report: {page}") if page.is_file() else Words("", "")
    console.answer("\n".join(part for part in (text, where.text(console.lang)) if part))


def records(table: Path) -> list[dict[str, str | float | None]]:
    """The rows of a table by column name, numbers as numbers and blanks as None; nothing when there is no table."""
    if not table.is_file():
        return []
    with table.open(encoding="utf-8", newline="") as file:
        return [{name: _cell(name, text) for name, text in row.items()} for row in csv.DictReader(file)]


def _cell(name: str, text: str) -> str | float | None:
    if not text:
        return None
    if name in _TEXTS:
        return text
    return int(text) if name in _COUNTS else float(text)
