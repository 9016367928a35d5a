"""The tables and pages of a run folder: from the journal, and whether they are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sim.results.atomic_files import FileWriteError, plain_reason
from sim.results.hindcast_tables import ELSEWHERE, HINDCAST, LEFT_OUT, HindcastRow
from sim.results.run_folder import NOT_OF_EVERY_RUN, RUN_TABLES, TABLES_CODEBOOK, codebook, tables_of
from sim.results.sharpened_tables import SHARPENED
from sim.results.update_tables import UPDATE_TABLES
from sim.results.words import LANGUAGES, Lang, Words
from sim.scenario.measured_file import measured_figures
from sim.studies.case import Case
from sim.studies.folder import RunFolder
from sim.studies.journal import Journal
from sim.studies.progress import Listener
from sim.studies.refusals import InputRefusedError

if TYPE_CHECKING:
    from sim.measure.measured import Measured

TABLES = tuple(table.name for table in RUN_TABLES)
COMPARED = ("compare", "compare_series", "case_figures", "ranking", "split", "proposals", "targets", "parameters")
Kind = Literal["run", "compare", "sweep", "sensitivity", "goal"]
"""Kinds of study whose folder has pages."""
EXCEL_FOLDER = "csv_excel"
_PAGES = {"run": "report"}
_NEEDED_BY: Mapping[Kind, Sequence[str]] = {
    "run": TABLES,
    "compare": COMPARED,
    "sweep": ("swings", "response", "aims", "cells"),
    "sensitivity": ("effects", "aims"),
    "goal": ("goal_points", "aims"),
}


def write_tables(folder: RunFolder, case: Case, journal: Journal, observed: Path | None = None) -> None:
    """Write every table anew from the replications that are done, in their order, and those under another luck.

    Args:
        folder: the run folder.
        case: what was simulated.
        journal: the replications.
        observed: published figures of the province to hold them against, if any.

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
    # those were of the replications there then
    for table in (HINDCAST, LEFT_OUT, ELSEWHERE, *UPDATE_TABLES, SHARPENED):
        folder.inside(table.file).unlink(missing_ok=True)
    beside = hindcast_of(measured, observed) if observed is not None else ()
    if beside:
        folder.write_text(HINDCAST.file, HINDCAST.text(beside))
    write_codebook(folder)


def hindcast_of(measured: Sequence[Measured], observed: Path) -> tuple[HindcastRow, ...]:
    """The replications beside what was published of their province; nothing of later days or what they do not have.

    Raises:
        ScenarioErrors: the file is wrong.
    """
    from sim.measure.hindcasts import days_of, hindcast_rows, units_of

    series = measured[0].series
    return hindcast_rows(measured_figures(observed, units_of(series), days_of(series), [], published=True), measured)


def write_codebook(folder: RunFolder) -> None:
    """Say what every column of a run's tables holds; of remedies, hindcast and mid-term review where they are there.

    Raises:
        FileWriteError: the disk refuses.
    """
    there = [table for table in NOT_OF_EVERY_RUN if (folder.path / table.file).is_file()]
    folder.write_text(TABLES_CODEBOOK.file, TABLES_CODEBOOK.text(codebook((*RUN_TABLES, *there))))


def write_excel_tables(folder: RunFolder, manifest: Mapping[str, Any]) -> list[Path]:
    """Write the folder's tables once more into `csv_excel/`, as a Vietnamese Excel opens them; returns the files.

    Headings and states in words, byte-order mark, semicolons, decimal commas. The tables that this program reads back
    stay as they are.

    Raises:
        InputRefusedError: there are no tables yet, or some are missing.
        TableError: a table cannot be read.
        FileWriteError: the disk refuses.
    """
    from sim.report.excel_tables import excel_text
    from sim.report.manifest import manifest_from

    kinds = tables_of(folder.path, manifest)
    if manifest["spec"]["kind"] == "run":
        kinds = (*kinds, TABLES_CODEBOOK)
    there = [table for table in kinds if (folder.path / table.file).is_file()]
    if not there:
        refuse_without_tables(folder.path, [table.name for table in kinds])
    groups = manifest_from(manifest).groups
    return [
        folder.write_text(f"{EXCEL_FOLDER}/{table.file}", excel_text(table, table.read(folder.path), groups))
        for table in there
    ]


def states_in_words(states: Iterable[str], lang: Lang) -> list[str]:
    """States of a target's years as a reader knows them: not due, past its due date, or the verdict."""
    from sim.report.target_years import state_in_words

    return [state_in_words(state, lang) for state in states]


def no_target(target: str | int, reading: str, numbers: Mapping[str, int], readings: Sequence[str]) -> Words:
    """What to say where a run has no such target, or has it under other readings only.

    Args:
        target: as it was named.
        reading: that was asked for.
        numbers: of the targets that there are, by code.
        readings: that the target has; none where there is no such target.
    """
    from sim.report.words import target_label

    if readings:
        there = ", ".join(readings)
        return Words(
            f"chỉ tiêu {target} không có cách tính {reading!r}; có: {there}",
            f"target {target} has no reading {reading!r}; there are {there}",
        )
    there = ", ".join(target_label(number, code) for code, number in numbers.items())
    return Words(f"không có chỉ tiêu {target}; có: {there}", f"no target {target}; there are {there}")


def refuse_without_tables(folder: Path, names: Sequence[str] = TABLES, shown: str = "") -> None:
    """Refuse a folder that has no tables yet, or lacks some.

    Args:
        folder: the run folder.
        names: the tables that are wanted.
        shown: the folder as the person named it.

    Raises:
        InputRefusedError: it lacks one.
    """
    missing = [f"{name}.csv" for name in names if not (folder / f"{name}.csv").is_file()]
    if not missing:
        return
    said, named = shown or str(folder), ", ".join(missing)
    if len(missing) == len(names):
        raise InputRefusedError(Words(f"{said}: chưa có bảng kết quả", f"{said}: there are no tables yet"))
    raise InputRefusedError(
        Words(
            f"{said}: thiếu bảng {named}: phiên bản khác đã ghi thư mục, hoặc bảng bị xóa; chạy vào thư mục khác",
            f"{said}: lacks {named}: another version wrote the folder, or it was removed; run into another folder",
        )
    )


def has_tables(folder: Path, names: Sequence[str] = TABLES) -> bool:
    """Whether all tables are there."""
    return all((folder / f"{name}.csv").is_file() for name in names)


def page_of(folder: Path, kind: Kind, lang: Lang) -> Path:
    """The page in one language."""
    return folder / f"{_PAGES.get(kind, kind)}.{lang}.html"


def has_report(folder: Path, kind: Kind) -> bool:
    """Whether the pages in both languages are there."""
    return all(page_of(folder, kind, lang).is_file() for lang in LANGUAGES)


def draw_report(folder: Path, kind: Kind, listener: Listener, processes: int = 1) -> list[Path]:
    """Write pictures and pages from the tables; returns the files.

    Args:
        folder: the run folder.
        kind: of the study in it, as its spec names it.
        listener: told that it takes a moment, and how far it is.
        processes: how many may draw at a time.

    Raises:
        InputRefusedError: there are no tables yet, or some are missing.
        TableError: a table cannot be read.
        FileWriteError: the disk refuses.
        KeyboardInterrupt: it was stopped; what is kept has been said.
    """
    refuse_without_tables(folder, _NEEDED_BY[kind])
    from sim.studies.drawing import drawn

    listener.say(Words("vẽ hình và viết báo cáo", "drawing pictures and writing the report"))
    try:
        with _files_of(folder):
            return drawn(folder, kind, listener, processes)
    except KeyboardInterrupt:
        listener.say(
            Words(
                f"dừng khi đang viết báo cáo: mọi lần mô phỏng và các bảng kết quả đã xong, vẫn giữ trong {folder}",
                f"stopped while the report was being written: all simulations and tables are done and kept in {folder}",
            )
        )
        raise


def draw_brief(folder: Path, lang: Lang) -> list[Path]:
    """Write the one-page brief of a run from its tables; returns the files.

    Args:
        folder: the run folder.
        lang: of the page.

    Raises:
        InputRefusedError: there are no tables yet, or some are missing.
        TableError: a table cannot be read.
        FileWriteError: the disk refuses.
    """
    refuse_without_tables(folder)
    from sim.report.brief_files import write_brief

    with _files_of(folder):
        return write_brief(folder, lang)


@contextmanager
def _files_of(folder: Path) -> Iterator[None]:
    """Say of a missing file which, and of a full disk where."""
    try:
        yield
    except FileNotFoundError as error:
        missing = Words(f"{error.filename}: thiếu tệp này", f"{error.filename}: this file is missing")
        raise InputRefusedError(missing) from error
    except OSError as error:
        raise FileWriteError(Path(error.filename or folder), plain_reason(error)) from error
