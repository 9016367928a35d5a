"""`merge RUN RUN ...`: the shards of one study, run in several places, made into the folder of the undivided one."""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.command import exit_codes
from sim.command import manifest as kept
from sim.command.carrying_out import Order, Study, carry_out
from sim.command.console import Console
from sim.command.program import command_line
from sim.command.reopening import Opened, opened, reopened
from sim.command.running import RESULTS, OneCase
from sim.results.words import Words
from sim.studies.folder import RunFolder, run_folder_name
from sim.studies.journal import Journal
from sim.studies.refusals import InputRefusedError

_COUNTS = {
    "status": kept.RUNNING,
    "replications_asked": 0,
    "replications_done": 0,
    "replications_failed": 0,
    "failures": [],
    "shard": "",
}
_OF_A_SHARD = ("--shard", "--out", "--deadline", "--executor")
_DIFFERING = {
    "scenario": Words("kịch bản", "scenario"),
    "scenario_hash": Words("nội dung kịch bản", "content of the scenario"),
    "cells": Words("các trường hợp được so sánh", "cases compared"),
    "seed": Words("số khởi tạo", "seed"),
    "engine": Words("bộ lập lịch", "scheduler"),
    "program_hash": Words("phiên bản chương trình, Python hoặc gói", "version of the program, Python or a package"),
}


def merge(words: Namespace, console: Console) -> int:
    """Take every replication of the folders into one, then its tables and report as of the undivided run.

    Of a sweep or another study of its kind the command that made it must be typed once more, for the tables: only
    that knows what was asked. It finds everything there and simulates nothing.

    Raises:
        InputRefusedError: the folders hold different studies.
        JournalConflictError: two of them hold different results for one replication.
    """
    runs = [opened(name) for name in dict.fromkeys(words.run)]
    refuse_different(runs)
    by_command = bool({"study", "goal"} & runs[0].manifest.keys())
    study = None if by_command else _widest([reopened(run, words) for run in runs])
    run_hash = runs[0].folder.run_hash
    with ExitStack() as stack:
        sources = [stack.enter_context(Journal.to_read(run.folder.path)) for run in runs]
        refuse_contradictions(sources)
        path = Path(words.out) if words.out else RESULTS / _name(runs[0].manifest, run_hash)
        folder = RunFolder.claim(path, run_hash)
        with Journal.to_write(folder.path) as journal:
            folder.clear_partials()
            if study is not None and kept.read_manifest(folder.path) is None:
                _copy_story(runs[0], folder)
            taken = sum(journal.merge_from(source) for source in sources)
    console.say(Words(f"nhận thêm {taken} lần mô phỏng vào {path}", f"took {taken} simulations into {path}"))
    again = command_line(words.typed, _typed_again(runs[0].manifest, path))
    if study is None:
        console.answer(
            Words(f"Ghi bảng và báo cáo bằng:\n{again}", f"Write tables and report with:\n{again}").text(console.lang)
        )
        return exit_codes.DONE
    wanted = max(int(run.manifest["replications_asked"]) for run in runs)
    order = Order("merge", path, wanted, 1, again, simulate=False)
    return carry_out(order, study, console)


def refuse_different(runs: Sequence[Opened]) -> None:
    """Refuse folders of different studies.

    Raises:
        InputRefusedError: names each folder that is not like the first, and in what it differs.
    """
    first = runs[0]
    lines = [_difference(first, other) for other in runs[1:] if other.folder.run_hash != first.folder.run_hash]
    if lines:
        vietnamese = "\n".join(line.vi for line in lines)
        english = "\n".join(line.en for line in lines)
        repair = Words(
            "chỉ gộp được các phần của cùng một lệnh, chạy bằng cùng một phiên bản; dùng compare để so sánh",
            "only shards of the same command, run by the same version, can be merged; to compare studies use compare",
        )
        raise InputRefusedError(Words(f"{vietnamese}\n{repair.vi}", f"{english}\n{repair.en}"))


def refuse_contradictions(journals: Sequence[Journal]) -> None:
    """Look through all journals before any is taken, so that a refusal leaves nothing behind.

    Raises:
        JournalConflictError: two hold different results for one replication.
        JournalDamagedError: a row is not what was written.
    """
    for place, journal in enumerate(journals):
        for other in journals[place + 1 :]:
            journal.refuse_conflict(other)


def _difference(first: Opened, other: Opened) -> Words:
    apart = [words for key, words in _DIFFERING.items() if _of(key, first.manifest) != _of(key, other.manifest)]
    if len(apart) > 1 and _DIFFERING["scenario_hash"] in apart and _DIFFERING["scenario"] in apart:
        apart.remove(_DIFFERING["scenario_hash"])
    vietnamese = ", ".join(words.vi for words in apart) or "nội dung"
    english = ", ".join(words.en for words in apart) or "content"
    return Words(
        f"{other.shown}: khác {first.shown} về {vietnamese}", f"{other.shown}: differs from {first.shown} in {english}"
    )


def _of(key: str, manifest: Mapping[str, Any]) -> object:
    if key == "cells":
        return [cell["cell"] for cell in manifest.get("cells", ())]
    return manifest.get(key)


def _widest(studies: Sequence[Study]) -> Study:
    """The study of the first folder; with the repeated luck that only some shards have any of."""
    first = studies[0]
    if isinstance(first, OneCase):
        return replace(first, with_variance=any(isinstance(one, OneCase) and one.with_variance for one in studies))
    return first


def _name(manifest: Mapping[str, Any], run_hash: str) -> str:
    command = str(manifest.get("study", {}).get("command", "compare" * ("cells" in manifest)))
    return run_folder_name(f"{manifest['scenario']}{'-' * bool(command)}{command}", run_hash)


def _copy_story(run: Opened, folder: RunFolder) -> None:
    """Who and what, and where each value came from, as the first shard kept it."""
    for source in sorted(run.folder.path.rglob(kept.PROVENANCE)):
        target = folder.inside(source.relative_to(run.folder.path).as_posix())
        shutil.copyfile(source, target)
    kept.write_manifest(folder, dict(run.manifest) | _COUNTS)


def _typed_again(manifest: Mapping[str, Any], path: Path) -> list[str]:
    """The words of a shard's command that stand for the whole study in its merged folder."""
    words: list[str] = []
    typed = iter(str(word) for word in manifest["argv"])
    for word in typed:
        if word in _OF_A_SHARD:
            next(typed, None)
        elif word.partition("=")[0] not in _OF_A_SHARD:
            words.append(word)
    return [*words, "--out", str(path)]
