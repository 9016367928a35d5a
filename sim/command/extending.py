"""`extend`: more replications of a run, or of every cell of a comparison or sweep."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.command import manifest as kept
from sim.command.carrying_out import Order, carry_out
from sim.command.commands import COMMANDS, parser_of
from sim.command.console import Console
from sim.command.program import command_line, program
from sim.command.running import OneCase, workers_of
from sim.results.words import Words
from sim.scenario.loading import load
from sim.studies.case import RESOLVED, Case, case_of
from sim.studies.folder import FolderRefusedError, RunFolder
from sim.studies.journal import Journal
from sim.studies.journal_file import JOURNAL_FILE
from sim.studies.refusals import InputRefusedError

_TYPED_ANEW = ("--replications", "--workers", "--out", "--shard", "--deadline", "--executor", "--lang")
_SWITCHES = ("--json", "--dry-run", "--")


def extend(words: Namespace, console: Console) -> int:
    """`extend RUN --replications N`: so many more than the run, or each cell of the study, was asked for."""
    folder = RunFolder.opened(Path(words.run))
    manifest = kept.read_manifest(folder.path)
    if manifest is None:
        absent = Words("chưa có gì để chạy thêm", "there is nothing yet to extend")
        raise InputRefusedError(Words(f"{words.run}: {absent.vi}", f"{words.run}: {absent.en}"))
    if manifest.get("shard"):
        vietnamese = f"là phần {manifest['shard']}; hãy gộp bằng merge rồi chạy thêm"
        english = f"holds shard {manifest['shard']} only; merge the shards first, then extend"
        raise InputRefusedError(Words(f"{words.run}: {vietnamese}", f"{words.run}: {english}"))
    wanted = int(manifest["replications_asked"]) + int(words.replications)
    if "goal" in manifest:
        vietnamese = "là kết quả của goal, vốn tự chọn điểm thử; hãy hỏi lại với --replications hoặc --recheck lớn hơn"
        english = "is the answer of goal, which chooses what to try; ask anew with more --replications or --recheck"
        raise InputRefusedError(Words(f"{words.run}: {vietnamese}", f"{words.run}: {english}"))
    if "cells" in manifest or "study" in manifest:
        return _widened(manifest, wanted, words, console)
    case = case_of(load(folder.path / RESOLVED), int(manifest["seed"]), str(manifest["engine"]))
    if case.run_hash != folder.run_hash:
        vietnamese = "chương trình hoặc kịch bản đã đổi từ lần chạy đó; hãy chạy mới bằng lệnh run"
        english = "the program or the scenario has changed since that run; begin a new one with run"
        raise InputRefusedError(Words(f"{words.run}: {vietnamese}", f"{words.run}: {english}"))
    with_variance = _was_run_with_variance(folder, case)
    again = ["run", str(folder.path / RESOLVED), "--seed", str(case.seed), "--engine", case.engine]
    again += ["--replications", str(wanted), "--workers", str(workers_of(words)), "--out", str(folder.path)]
    again += ["--no-variance"] * (not with_variance)
    again += ["--lang", console.lang] * bool(words.lang) + ["--json"] * console.as_json
    order = Order("extend", Path(words.run), wanted, workers_of(words), command_line(words.typed, again))
    return carry_out(order, OneCase(case, None, words, with_variance), console)


def _widened(manifest: Mapping[str, Any], wanted: int, words: Namespace, console: Console) -> int:
    """The command that made the study, with more replications: only that knows what was asked.

    Its scenario is read again from where it was, and refused if it is another by now.
    """
    command, *typed = _typed(manifest["argv"])
    typed += ["--replications", str(wanted), "--workers", str(workers_of(words)), "--out", str(words.run)]
    typed += ["--lang", console.lang] * bool(words.lang)
    values = parser_of(command, program(), console.lang).read(typed)
    values.typed, values.again = words.typed, [command, *typed]
    try:
        return COMMANDS[command].load()(values, console)
    except FolderRefusedError as refused:
        vietnamese = f"chương trình hoặc kịch bản đã đổi từ lần chạy đó; hãy chạy mới bằng lệnh {command}"
        english = f"the program or the scenario has changed since that run; begin a new one with {command}"
        raise InputRefusedError(Words(f"{words.run}: {vietnamese}", f"{words.run}: {english}")) from refused


def _typed(argv: Sequence[str]) -> Iterator[str]:
    """The command and its words as they were typed, without those that are typed anew."""
    words = iter(argv)
    for word in words:
        if word in _TYPED_ANEW:
            next(words, None)
        elif word.partition("=")[0] not in (*_TYPED_ANEW, *_SWITCHES):
            yield word


def _was_run_with_variance(folder: RunFolder, case: Case) -> bool:
    """The journal knows every cell that was ever asked for; without one the run begins anew, as `run` would."""
    if not (folder.path / JOURNAL_FILE).is_file():
        return True
    wanted = case.cell(folder.path, second_luck=True).cell_hash
    with Journal.to_read(folder.path) as journal:
        return any(cell.cell_hash == wanted for cell in journal.cells())
