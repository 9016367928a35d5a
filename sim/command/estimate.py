"""`run --dry-run`: how long it would take and how much disk, from an earlier run where there is one."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from sim.command import exit_codes
from sim.command import manifest as kept
from sim.command.case import Case
from sim.command.console import Console
from sim.command.preparing import is_prepared
from sim.command.refusals import InputRefusedError, refusal
from sim.scenario.errors import Words
from sim.study.folder import MARK, FolderRefusedError, RunFolder
from sim.study.journal import Journal
from sim.study.progress import ENGLISH, VIETNAMESE, duration

_SECONDS_PER_AGENCY_MONTH = {"compiled": 0.002, "simpy": 0.2}
_BYTES_PER_AGENCY_MONTH = 10
_TABLES_TO_PAYLOAD = 9
"""The journal keeps values compressed, `replications.csv` as text."""
_BYTES_OF_A_REPORT = 5_000_000
_ROWS_LOOKED_AT = 5
_PREPARING_SECONDS = 60.0
_STARTING_SECONDS = 10.0


class Cost(NamedTuple):
    """What one replication takes."""

    seconds: float
    bytes_kept: float


def estimate(case: Case, path: Path, wanted: int, workers: int, console: Console) -> int:
    """Say what `run` would do; nothing is written.

    Raises:
        FolderRefusedError: the run could not use this folder.
        FileWriteError: standard output is full.
    """
    held = _held(case, path)
    asked = max([wanted, *(number + 1 for number in held)])
    left = asked - len(held)
    measured = next(_earlier(case, path), None)
    cost = measured or _rough(case)
    preparing = 0.0 if is_prepared(case.engine) or not left else _PREPARING_SECONDS
    rounds = -(-left // max(1, workers))
    seconds = preparing + _STARTING_SECONDS + rounds * cost.seconds
    disk = asked * cost.bytes_kept * (1 + _TABLES_TO_PAYLOAD) + _BYTES_OF_A_REPORT
    if console.as_json:
        content = {
            "cells": 1,
            "replications": {"asked": asked, "held": len(held), "left": left},
            "workers": workers,
            "seconds": round(seconds, 1),
            "basis": "measured" if measured else "rough",
            "disk_bytes": round(disk),
            "folder": str(path),
        }
        console.answer_json("run --dry-run", content)
        return exit_codes.DONE
    time = duration(seconds, VIETNAMESE if console.lang == "vi" else ENGLISH)
    basis = _EARLIER if measured else _ROUGH
    vietnamese = [
        f"{case.loaded.scenario.title.vi}",
        f"1 phương án, {asked} lần chạy: đã có {len(held)}, còn {left}",
        f"thời gian: khoảng {time} với {max(1, workers)} tiến trình ({basis.vi})",
        f"đĩa: khoảng {disk / 1e6:.0f} MB trong {path}",
    ]
    english = [
        f"{case.loaded.scenario.title.en}",
        f"1 cell, {asked} replications: {len(held)} held, {left} left",
        f"time: about {time} with {max(1, workers)} processes ({basis.en})",
        f"disk: about {disk / 1e6:.0f} MB in {path}",
    ]
    console.answer(Words("\n".join(vietnamese), "\n".join(english)).text(console.lang))
    return exit_codes.DONE


_EARLIER = Words("đo từ lần chạy trước trên máy này", "as earlier replications took")
_ROUGH = Words("ước lượng thô, chưa có lần chạy nào để đo", "a rough figure, there is no earlier run to go by")


def _held(case: Case, path: Path) -> list[int]:
    if not path.exists():
        return []
    with suppress(FolderRefusedError):
        folder = RunFolder.opened(path)
        if folder.run_hash != case.run_hash:
            vietnamese = "thư mục chứa kết quả của kịch bản hoặc phiên bản chương trình khác"
            english = "the folder holds the results of another scenario or program version"
            raise InputRefusedError(Words(f"{path}: {vietnamese}", f"{path}: {english}"))
        with Journal.to_read(folder.path) as journal:
            return [number for number, status in journal.held(case.run_hash).items() if status == "done"]
    return []


def _earlier(case: Case, path: Path) -> Iterator[Cost]:
    """What replications of this scenario took: those of this very run first, then those of runs beside it."""
    beside = path.parent.iterdir() if path.parent.is_dir() else iter(())
    folders = [folder for folder in beside if folder != path and (folder / MARK).is_file()]
    horizon = case.loaded.scenario.horizon
    alike = {
        "scenario": case.loaded.slug,
        "engine": case.engine,
        "horizon_start": horizon.start.isoformat(),
        "horizon_end": horizon.end.isoformat(),
    }
    for folder in [path, *sorted(folders)]:
        try:
            manifest = kept.read_manifest(folder)
            if manifest is not None and manifest.items() >= alike.items():
                with Journal.to_read(folder) as journal, closing(_rows(journal, str(manifest["run_hash"]))) as rows:
                    costs = list(islice(rows, _ROWS_LOOKED_AT))
                if costs:
                    yield Cost(median(cost.seconds for cost in costs), median(cost.bytes_kept for cost in costs))
        except Exception as error:
            if refusal(error) is None:
                raise


def _rows(journal: Journal, run_hash: str) -> Generator[Cost, None, None]:
    for row in journal.rows(run_hash):
        if row.status == "done":
            yield Cost(row.seconds, float(len(row.payload)))


def _rough(case: Case) -> Cost:
    horizon = case.loaded.scenario.horizon
    months = (horizon.end - horizon.start).days / 30.4 + 3
    agency_months = months * len(case.loaded.agencies)
    return Cost(agency_months * _SECONDS_PER_AGENCY_MONTH[case.engine], agency_months * _BYTES_PER_AGENCY_MONTH)
