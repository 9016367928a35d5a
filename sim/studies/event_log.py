"""One replication of a run folder again, with what happens in it written as an event log."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sim.events.staging import Staging
from sim.results.atomic_files import FileWriteError, plain_reason
from sim.results.words import Lang, Words
from sim.studies.cell import Cell
from sim.studies.journal import Journal
from sim.studies.journal_row import ReplicationRow
from sim.studies.manifest import OpenedFolder
from sim.studies.model_spec import ModelSpec, loaded_once
from sim.studies.refusals import InputRefusedError
from sim.studies.replaying import cells_of, no_such_case

if TYPE_CHECKING:
    import pandas as pd

    from sim.model.record import RunRecord
    from sim.scenario.loading import LoadedScenario

ENDINGS = {"ocel2": ".sqlite", "xes": ".xes", "csv": ".csv"}
"""Ending of the file of each format."""
ROOM = ("tracing", "visits_kept", "free_jobs", "free_documents", "free_dossiers")
"""Counts of a record that say how much room a scheduler had, and differ when traces are kept."""
EVENTS_A_VISIT = 1.1
"""What a traced step tells, and what is told when a case begins or ends: measured by a test."""
BYTES_AN_EVENT = {"ocel2": 490, "xes": 1110, "csv": 250}
"""A file's size by its events, objects and relations among them: measured by a test."""
LARGE_BYTES = 1_000_000_000
"""A file expected to be larger is told of before the work begins."""
COUNTED = ("documents", "deliveries", "signatures", "dossiers")


@dataclass(frozen=True)
class Asked:
    """Which events of a run.

    Attributes:
        share: of all documents and dossiers, above 0 and at most 1.
        replication: its number; the first that is done when None.
        cell: the case of a comparison or a sweep; the first when None.
        first: first day recorded; the first simulated one when None.
        last: last day recorded; the last simulated one when None.
    """

    share: float = 0.01
    replication: int | None = None
    cell: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Recorded:
    """What was recorded.

    Attributes:
        replication: its number.
        cell: its case; empty for a run, which has one only.
        seed: the study's seed.
        origin: the first simulated day.
        counts: how many events, documents, deliveries, signatures and dossiers are in the log.
        is_the_kept: whether the replication gave the very result that is kept; None when it was not run to its end.
    """

    replication: int
    cell: str
    seed: int
    origin: date
    counts: Mapping[str, int]
    is_the_kept: bool | None


def write_events(
    run: OpenedFolder, asked: Asked, form: str, out: Path | None, lang: Lang, say: Callable[[Words], None]
) -> tuple[Path, Recorded]:
    """Run a replication again and write what happens in it; what is there is never overwritten.

    Args:
        run: the folder.
        asked: which events.
        form: a key of `ENDINGS`.
        out: the new file; one in the folder's `events/` when None.
        lang: language of the names of activities and kinds of object.
        say: hears, before the work begins, that the file will be large.

    Raises:
        InputRefusedError: everything that is wrong with what is asked, at once; or a file of that name came meanwhile.
        FileWriteError: the disk refuses.
    """
    from sim.events.flat import moments_from, write_csv
    from sim.events.ocel import write_ocel
    from sim.events.xes import write_xes

    found, faults = _find(run, asked)
    case = "_".join(["", *re.findall(r"[A-Za-z0-9]+", found.cell_name)])
    path = out or Path(run.shown) / "events" / f"replication_{found.replication}{case.rstrip('_')}{ENDINGS[form]}"
    if path.exists() or path.is_symlink():
        faults.append(_is_there(path))
    _refuse(faults)
    events = _expected_events(found, asked)
    size = events * BYTES_AN_EVENT[form]
    if size > LARGE_BYTES:
        say(_large(events, size))
    write = {"ocel2": write_ocel, "xes": write_xes, "csv": write_csv}[form]
    try:
        if out is None:
            path.parent.mkdir(exist_ok=True)
        with _room(path.parent) as room, Staging(room / "staging.sqlite") as staging:
            recorded = _record(found, asked, staging)
            write(staging, room / path.name, moments_from(recorded.origin), lang)
            put_in_place(room / path.name, path)
    except OSError as error:
        raise FileWriteError(path, plain_reason(error)) from error
    except sqlite3.OperationalError as error:
        raise FileWriteError(path, "the disk is full" if "full" in str(error) else str(error)) from error
    return path, recorded


def event_frame(run: OpenedFolder, asked: Asked, lang: Lang) -> pd.DataFrame:
    """The same as a DataFrame, one row an event, moments in Vietnamese time. Raises as `write_events`."""
    import pandas as pd

    from sim.events.flat import moments_from, rows
    from sim.results.event_tables import EVENTS

    found, faults = _find(run, asked)
    _refuse(faults)
    with _room(None) as room, Staging(room / "staging.sqlite") as staging:
        recorded = _record(found, asked, staging)
        frame = EVENTS.frame(rows(staging, moments_from(recorded.origin), lang))
    if recorded.is_the_kept is False:
        warnings.warn(f"replication {recorded.replication} gave another result than the one kept", stacklevel=3)
    for name in ("time", "queued", "started"):
        frame[name] = pd.to_datetime(frame[name], format="ISO8601")
    return frame


def put_in_place(whole: Path, path: Path) -> None:
    """Give a finished file its name; one that somebody else has made of that name meanwhile is left as it is.

    Raises:
        InputRefusedError: there is one.
        OSError: the disk refuses.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    except FileExistsError as error:
        raise InputRefusedError(_is_there(path)) from error
    try:
        whole.replace(path)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _is_there(path: Path) -> Words:
    there = Words("đã có tệp này; chọn tệp khác bằng --out FILE", "is there already; name another with --out FILE")
    return Words(f"{path}: {there.vi}", f"{path}: {there.en}")


def _large(events: float, size_bytes: float) -> Words:
    millions, gigabytes = f"{events / 1e6:.1f}", f"{size_bytes / 1e9:.1f}"
    vietnamese = f"tệp sẽ lớn: khoảng {millions.replace('.', ',')} triệu sự kiện, {gigabytes.replace('.', ',')} GB,"
    english = f"the file will be large: about {millions} million events, {gigabytes} GB, and as much while writing"
    repair = Words("muốn nhỏ hơn: giảm --sample, hoặc chọn --from và --until", "for less: --sample, --from and --until")
    return Words(f"{vietnamese} và thêm chừng ấy trong lúc ghi; {repair.vi}", f"{english}; {repair.en}")


@contextmanager
def _room(beside: Path | None) -> Iterator[Path]:
    """A folder for what is not whole yet, gone afterwards; beside the file it is for, on the same disk."""
    room = Path(tempfile.mkdtemp(prefix=".events-", dir=beside))
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


@dataclass(frozen=True)
class _Found:
    """A replication to run again."""

    cell_name: str
    cell: Cell
    loaded: LoadedScenario
    replication: int
    kept: ReplicationRow | None

    @property
    def spec(self) -> ModelSpec:
        """What the model is handed."""
        return cast("ModelSpec", self.cell.spec)


def _expected_events(found: _Found, asked: Asked) -> float:
    """How many events to expect: the steps that the replication took, by share and by days asked for."""
    from sim.events.recording import simulated_days
    from sim.measure.payload import decode

    if found.kept is None:
        return 0.0
    visits = int(decode(found.kept.payload, months=False).facts["tally"]["visits"])
    begin, end = simulated_days(found.loaded)
    days = ((asked.last or end) - (asked.first or begin)).days + 1
    return EVENTS_A_VISIT * visits * asked.share * days / ((end - begin).days + 1)


def _find(run: OpenedFolder, asked: Asked) -> tuple[_Found, list[Words]]:
    """The replication, and what is wrong with what is asked of it. Raises InputRefusedError for an unknown case."""
    cells = cells_of(run)
    if asked.cell is not None and asked.cell not in cells:
        raise no_such_case(asked.cell, cells)
    name = asked.cell if asked.cell is not None else next(iter(cells))
    cell = cells[name]
    with Journal.to_read(run.folder.path) as journal:
        held = journal.held(cell.cell_hash)
        done = [number for number, status in held.items() if status == "done"]
        number = asked.replication if asked.replication is not None else min(done, default=0)
        kept = next((row for row in journal.rows(cell.cell_hash) if row.replication == number), None)
    spec = cast("ModelSpec", cell.spec)
    loaded = loaded_once(spec.scenario_path, spec.content_hash, spec.sets)
    faults = _faults_of_days(asked, loaded)
    if number not in done:
        faults.insert(0, _no_such_replication(run, number, done, failed=held.get(number) == "failed"))
    return _Found(name, cell, loaded, number, kept), faults


def _no_such_replication(run: OpenedFolder, number: int, done: list[int], *, failed: bool) -> Words:
    there = ", ".join(map(str, done[:10])) + (", …" if len(done) > 10 else "")
    if failed:
        vietnamese, english = f"lần chạy {number} đã hỏng", f"replication {number} failed"
    else:
        vietnamese, english = f"chưa có lần chạy {number}", f"there is no replication {number}"
    repair = Words(
        f"chọn một trong: {there}" if done else "chạy tiếp bằng đúng lệnh đã chạy",
        f"choose one of: {there}" if done else "go on with the command that began it",
    )
    return Words(
        f"{run.shown}: --replication: {vietnamese}; {repair.vi}", f"{run.shown}: --replication: {english}; {repair.en}"
    )


def _faults_of_days(asked: Asked, loaded: LoadedScenario) -> list[Words]:
    """Days that are not simulated, or a last one before the first."""
    from sim.events.recording import simulated_days

    begin, end = simulated_days(loaded)
    faults = []
    for switch, day in (("--from", asked.first), ("--until", asked.last)):
        if day is not None and not begin <= day <= end:
            faults.append(
                Words(
                    f"{switch} {day:%d/%m/%Y}: ngoài thời gian mô phỏng; chọn từ {begin:%d/%m/%Y} đến {end:%d/%m/%Y}",
                    f"{switch} {day}: is not simulated; choose a day from {begin} to {end}",
                )
            )
    if asked.first is not None and asked.last is not None and asked.last < asked.first:
        faults.append(
            Words(
                f"--until {asked.last:%d/%m/%Y}: trước --from {asked.first:%d/%m/%Y}; đổi lại hai ngày",
                f"--until {asked.last}: is before --from {asked.first}; swap the two",
            )
        )
    return faults


def _refuse(faults: list[Words]) -> None:
    if faults:
        vietnamese, english = (line.vi for line in faults), (line.en for line in faults)
        raise InputRefusedError(Words("\n".join(vietnamese), "\n".join(english)))


def _as_kept(record: RunRecord, kept: ReplicationRow) -> RunRecord:
    """The record with the spare room and the traces of the one kept, in which nobody looked on."""
    from sim.measure.payload import decode

    before = decode(kept.payload, months=False).facts["tally"]
    return replace(record, tally={**record.tally, **{name: before[name] for name in ROOM}})


def _record(found: _Found, asked: Asked, staging: Staging) -> Recorded:
    """Run the replication as it was run, and look on; all of it is as it was, its audit of signatures too."""
    from sim.events.recording import Recorder, SeenEnoughError, simulated_days
    from sim.measure.payload import encode
    from sim.model.simulate import simulate

    spec, loaded = found.spec, found.loaded
    origin, end = simulated_days(loaded)
    is_whole = asked.last is None or asked.last == end
    recorder = Recorder(staging, asked.share, asked.first, asked.last)
    is_audited = is_whole and not spec.sets and not spec.second_luck
    same = None
    try:
        record = simulate(
            loaded,
            spec.seed,
            found.replication,
            engine=spec.engine,
            tracing=True,
            second_luck=spec.second_luck,
            audited=loaded.scenario.run.audits if is_audited else 0,
            watch=recorder.watch,
        )
    except SeenEnoughError:
        recorder.finish()
    else:
        recorder.finish()
        same = found.kept is not None and encode(_as_kept(record, found.kept), loaded) == found.kept.payload
    counts = {"events": staging.count("log"), **{table: staging.count(table) for table in COUNTED}}
    return Recorded(found.replication, found.cell_name, found.cell.seed, origin, counts, same)
