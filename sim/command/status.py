"""`status [DIR]`: what runs are there, and how far each is."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sim.command import exit_codes
from sim.command.console import Console
from sim.report.formatting import date_text
from sim.results.words import Lang, Words
from sim.scenario.errors import printable
from sim.scenario.files import as_on_disk
from sim.studies import manifest as kept
from sim.studies.folder import MARK, RunFolder
from sim.studies.journal import Journal
from sim.studies.lock import LOCK_FILE
from sim.studies.progress import ENGLISH, VIETNAMESE, duration
from sim.studies.refusals import InputRefusedError, refusal
from sim.studies.spec import GoalSpec, InitSpec, SensitivitySpec, SweepSpec

_DEFAULT = "results"
_DEEPEST = 3
"""Folders within folders that are looked through for runs."""
_STATES = {
    kept.RUNNING: Words("đang chạy", "running"),
    kept.DONE: Words("xong", "done"),
    kept.SOME_FAILED: Words("có lần chạy hỏng", "some failed"),
    kept.INTERRUPTED: Words("bị ngắt, chạy tiếp được", "interrupted, resumable"),
    kept.PARTIAL: Words("mới một phần, chạy tiếp được", "partial, resumable"),
    "unreadable": Words("không đọc được", "unreadable"),
}
_STUDIES = {
    "sweep": Words("khảo sát theo tham số", "sweep"),
    "sensitivity": Words("độ nhạy", "sensitivity"),
    "goal": Words("mức kinh phí ít nhất", "least money"),
    "init": Words("trạng thái đầu kỳ", "starting states"),
}
"""Studies that are neither a run nor a comparison."""


_NONE_HERE = Words(
    f"chưa có lần mô phỏng nào trong {_DEFAULT} và thư mục hiện tại; ở nơi khác: status DIR",
    f"there is no run in {_DEFAULT} or the present folder; elsewhere: status DIR",
)


@dataclass(frozen=True)
class Standing:
    """How one run stands.

    Attributes:
        folder: where it is, as named.
        status: one of the manifest's, or `unreadable`.
        asked: replications asked for, of each case.
        done: of these, done in every case.
        failed: of these, failed in some case.
        cells: cases.
        simulations: done in any case; of several cases more than `done` tells.
        shard: `1/3` when it is one part of three.
        reason: why it cannot be read.
        screening: how far the options beside a run have been tried; None where that was not asked.
    """

    folder: str
    status: str
    asked: int = 0
    done: int = 0
    failed: int = 0
    cells: int = 1
    simulations: int = 0
    shard: str = ""
    title_vi: str = ""
    title_en: str = ""
    until: str = ""
    overlays: tuple[str, ...] = ()
    seed: int | None = None
    reason: str = ""
    screening: Mapping[str, Any] | None = None


def status(words: Namespace, console: Console) -> int:
    """List the runs in a folder, or the one run that it is."""
    place = as_on_disk(Path(words.dir or _DEFAULT))
    if words.dir and not place.is_dir():
        raise InputRefusedError(Words(f"{place}: không có thư mục này", f"{place}: there is no such folder"))
    folders = list(_run_folders(place)) if words.dir else [*_run_folders(place), *_beside()]
    standings = [standing_of(folder, console) for folder in folders]
    if console.as_json:
        console.answer_json("status", {"runs": [asdict(one) for one in standings]})
    elif standings:
        console.answer("\n".join(standing_line(one, console) for one in standings))
    else:
        console.say(_none_in(place) if words.dir else _NONE_HERE)
    return exit_codes.DONE


def _none_in(place: Path) -> Words:
    return Words(f"chưa có lần mô phỏng nào trong {place}", f"there is no run in {place}")


def _run_folders(place: Path, deepest: int = _DEEPEST) -> Iterator[Path]:
    """Runs in a folder and in folders within it; what lies inside a run is its own."""
    if (place / MARK).is_file():
        yield place
    elif deepest and place.is_dir() and not place.is_symlink():
        with suppress(PermissionError):
            for folder in sorted(one for one in place.iterdir() if one.is_dir() and one.name[0] != "."):
                yield from _run_folders(folder, deepest - 1)


def _beside() -> Iterator[Path]:
    """Runs that `--out` put into the present folder."""
    here = Path()
    yield from sorted(folder for folder in here.iterdir() if folder.name != _DEFAULT and (folder / MARK).is_file())


def standing_of(path: Path, console: Console) -> Standing:
    """How the run in a folder stands now."""
    try:
        folder = RunFolder.opened(path)
        manifest = kept.read_manifest(folder.path)
        hashes = kept.cell_hashes(manifest) if manifest else [folder.run_hash]
        spec = kept.spec_in(folder.path, manifest) if manifest else None
        of_study = isinstance(spec, SweepSpec | SensitivitySpec | GoalSpec | InitSpec)
        with Journal.to_read(folder.path) as journal:
            cells = [cell.cell_hash for cell in journal.cells()] if of_study else hashes
            held = [journal.held(cell_hash) for cell_hash in cells]
    except Exception as error:
        refused = refusal(error)
        if refused is None:
            raise
        return Standing(str(path), "unreadable", reason=refused.text(console.lang))
    if manifest is None:
        missing = kept.missing_words(path).text(console.lang)
        done = sum(list(each.values()).count("done") for each in held)
        return Standing(str(path), kept.INTERRUPTED, done=done, simulations=done, reason=missing)
    state = manifest
    said = str(state.get("status", kept.INTERRUPTED))
    overlays = [*_laid_over(state, console.lang), *state.get("set", ())]
    overlays += [cell.get(f"title_{console.lang}") or cell["cell"] for cell in state.get("cells", ())]
    numbers = set().union(*held)
    if of_study and spec is not None:
        found = [status for each in held for status in each.values()]
        asked, done, failed = int(state.get("simulations_asked", 0)), found.count("done"), found.count("failed")
        overlays.append(_STUDIES[spec.kind].text(console.lang))
    else:
        asked = int(state.get("replications_asked", 0))
        done = sum(all(each.get(number) == "done" for each in held) for number in numbers)
        failed = sum(any(each.get(number) == "failed" for each in held) for number in numbers)
    return Standing(
        folder=str(path),
        status=kept.INTERRUPTED if said == kept.RUNNING and not writer_lives(path) else said,
        asked=asked,
        done=done,
        failed=failed,
        cells=1 if of_study else len(held),
        simulations=sum(list(each.values()).count("done") for each in held),
        shard=str(state.get("shard", "")),
        title_vi=str(state.get("title_vi", "")),
        title_en=str(state.get("title_en", "")),
        until=str(state.get("horizon_end", "")),
        overlays=tuple(part for part in overlays if part),
        seed=state.get("seed"),
        screening=state.get(kept.REMEDIES_KEPT),
    )


def _laid_over(state: Mapping[str, Any], lang: Lang) -> list[str]:
    """The titles of the options, the regime and the future of a run; their names where it keeps no titles."""
    titles = state.get("overlays") or {}
    named = [("option", name) for name in state.get("options", ())]
    named += [(kind, state[kind]) for kind in ("adoption", "future") if state.get(kind)]
    return [str(titles.get(f"{kind}:{Path(name).stem}", {}).get(lang) or name) for kind, name in named]


def writer_lives(folder: Path) -> bool:
    """Whether the process that last wrote here still runs; asking for the lock itself could turn a new run away."""
    with suppress(OSError, ValueError):
        holder = int((folder / LOCK_FILE).read_text(encoding="ascii"))
        with suppress(PermissionError):  # somebody else's process, which lives
            os.kill(holder, 0)
        return True
    return False


def standing_line(one: Standing, console: Console) -> str:
    """It in one line, for a person."""
    state = _STATES.get(one.status, Words(one.status, one.status)).text(console.lang)
    if one.reason:
        return printable(f"{one.folder}  {state}: {one.reason}")
    times = Words("lần chạy", "replications").text(console.lang)
    failed = Words(f", {one.failed} hỏng", f", {one.failed} failed").text(console.lang) if one.failed else ""
    shard = Words(f", phần {one.shard}", f", shard {one.shard}").text(console.lang) if one.shard else ""
    if one.cells > 1 and one.simulations < one.cells * one.asked:
        of = one.cells * one.asked
        vietnamese = f" ({one.simulations}/{of} lần mô phỏng của {one.cells} trường hợp khác nhau)"
        times += Words(vietnamese, f" ({one.simulations}/{of} simulations of {one.cells} cases that differ)").text(
            console.lang
        )
    title = one.title_vi if console.lang == "vi" else one.title_en
    end = date_text(date.fromisoformat(one.until), console.lang) if one.until else ""
    period = Words(f"đến {end}", f"to {end}").text(console.lang)
    case = ", ".join([title, period, *one.overlays])
    tried = _screening_text(one, console)
    return printable(f"{one.folder}  {one.done}/{one.asked} {times}{shard}{failed}  {state}  {case}{tried}")


def _screening_text(one: Standing, console: Console) -> str:
    """How far the options beside a run have been tried, and in what time."""
    if one.screening is None:
        return ""
    texts = VIETNAMESE if console.lang == "vi" else ENGLISH
    said = str(one.screening["status"])
    if said == kept.RUNNING and not writer_lives(Path(one.folder)):
        said = kept.INTERRUPTED
    state = _STATES.get(said, Words(said, said)).text(console.lang)
    spent = duration(float(one.screening["spent_seconds"]), texts)
    budget = duration(float(one.screening["budget_seconds"]) - 1.0, texts)  # a duration is rounded up
    tried, most = one.screening["simulations"], one.screening["most"]
    return Words(
        f"; phương án: {tried}/{most} lần thử, {spent} trong {budget}, {state}",
        f"; options: {tried} of {most} trials, {spent} of {budget}, {state}",
    ).text(console.lang)
