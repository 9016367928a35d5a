"""What a run folder says of itself: scenario, program, seed, what was asked and how far it is. No time of day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.results.changeover_words import options_act_from
from sim.results.words import Words
from sim.scenario.cautions import amounts_of_another_plan, beyond_the_plan, calibrated, cut_short, thinned
from sim.scenario.changeover import acting_day
from sim.scenario.loading import LoadedScenario
from sim.scenario.setting_faults import SET
from sim.studies.case import Case
from sim.studies.folder import RunFolder
from sim.studies.journal_file import JOURNAL_FILE
from sim.studies.refusals import InputRefusedError
from sim.studies.spec import InitSpec, SpecError, StudySpec, spec_as_json, spec_from_json
from sim.studies.version import release, surroundings

MANIFEST = "manifest.json"
PROVENANCE = "provenance.json"
SCHEMA = 2
"""Raised when a manifest of before can no longer be read; 2 keeps what was asked as a spec."""

RUNNING, DONE, SOME_FAILED, INTERRUPTED = "running", "done", "some_failed", "interrupted"
PARTIAL = "partial"
"""Ended as asked with replications still to run: a shard, a merge of some shards, or a deadline."""
REMEDIES_KEPT = "remedies"
"""How far the options beside a run have been tried, and in what time."""


_EMPTY = Words("tệp trống", "it is empty")
_HELD = Words(
    f"các lần mô phỏng đã xong vẫn nằm trong {JOURNAL_FILE}", f"finished replications are kept in {JOURNAL_FILE}"
)
_SAME_AGAIN = Words(
    f"xóa tệp này rồi chạy lại đúng lệnh đã dùng: {_HELD.vi}",
    f"delete the file and give the same command again: {_HELD.en}",
)


def _why_unread(error: OSError | ValueError) -> Words:
    if isinstance(error, json.JSONDecodeError) and not error.doc.strip():
        return _EMPTY
    if isinstance(error, json.JSONDecodeError):
        line = error.lineno
        return Words(f"nội dung bị cắt hoặc hỏng ở dòng {line}", f"cut off or damaged in line {line}: {error.msg}")
    return Words(str(error), str(error))


def first_manifest(case: Case, asked: LoadedScenario, spec: StudySpec, typed: Sequence[str]) -> dict[str, Any]:
    """The manifest of a run that begins: who and what, with nothing done yet.

    Args:
        case: the case, or the baseline of several.
        asked: the scenario as asked for, with the layers it was made of.
        spec: what is asked.
        typed: the words of the command, kept for information.
    """
    scenario = case.loaded.scenario
    return {
        "schema": SCHEMA,
        "status": RUNNING,
        "replications_asked": 0,
        "replications_done": 0,
        "replications_failed": 0,
        "failures": [],
        "scenario": case.loaded.slug,
        "title_vi": scenario.title.vi,
        "title_en": scenario.title.en,
        "horizon_start": scenario.horizon.start.isoformat(),
        "horizon_end": scenario.horizon.end.isoformat(),
        "seed": case.seed,
        "engine": case.engine,
        "spec": spec_as_json(spec),
        **_layers(spec),
        "overlays": {name: {"vi": one.title.vi, "en": one.title.en} for name, one in asked.proposals.items()},
        "set_before": _set_before(asked),
        "groups": {name: {"vi": title.vi, "en": title.en} for name, title in case.loaded.group_titles.items()},
        "notes": notes_of(asked, acting=acting_on(spec)),
        "is_calibrated": bool(case.loaded.agreeing_draws),
        "thinning": scenario.run.thinning,
        "scenario_hash": case.loaded.content_hash,
        "program_hash": case.program,
        "run_hash": case.run_hash,
        "model_version": f"{release()}+{case.program}",
        "argv": list(typed),
        **surroundings(),
    }


def _set_before(asked: LoadedScenario) -> dict[str, str]:
    """What each value had that was set on the command line, as it was written; the first where it was set twice.

    What was drawn has its distribution beside it, under the key with `.kind`.
    """
    of_the_line = [change for change in reversed(asked.changes) if change.layer == SET and change.old]
    return {
        change.key.removesuffix(".value"): change.old.strip('"')
        for change in of_the_line
        if not change.key.endswith((".basis", ".source", ".low", ".high"))
    }


def _layers(spec: StudySpec) -> dict[str, Any]:
    """What is laid over the scenario; a fit of its start takes it as it is."""
    if isinstance(spec, InitSpec):
        return {"options": [], "adoption": "", "future": "", "set": [], "until": "", "options_from": ""}
    acting = acting_on(spec)
    return {
        "options": list(spec.options),
        "adoption": spec.adoption or "",
        "future": spec.future or "",
        "set": list(spec.sets),
        "until": spec.until or "",
        "options_from": acting.isoformat() if acting else "",
    }


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The folder's manifest, or None when there is none.

    Raises:
        InputRefusedError: it cannot be read.
    """
    path = folder / MANIFEST
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _unread(path, _why_unread(error)) from error
    if not isinstance(read, dict) or "schema" not in read:
        raise _unread(path, Words("không phải tệp do lienthong ghi", "lienthong did not write it") if read else _EMPTY)
    if read["schema"] != SCHEMA:
        raise InputRefusedError(
            Words(
                f"{path}: do phiên bản khác của chương trình ghi; dùng phiên bản đó, hoặc chạy lại vào thư mục khác",
                f"{path}: written by another version of the program; use that version, or run into another folder",
            )
        )
    return read


def _unread(path: Path, cause: Words) -> InputRefusedError:
    return InputRefusedError(
        Words(
            f"{path}: không đọc được: {cause.vi}; {_SAME_AGAIN.vi}",
            f"{path}: cannot be read: {cause.en}; {_SAME_AGAIN.en}",
        )
    )


def missing_words(folder: str | Path) -> Words:
    """That a run folder has no manifest, and the way on."""
    if (Path(folder) / JOURNAL_FILE).is_file():
        again = Words("chạy lại đúng lệnh đã dùng", "give the same command again")
        kept = Words(f"{again.vi}: {_HELD.vi}", f"{again.en}: {_HELD.en}")
        return Words(f"{folder}: thiếu tệp {MANIFEST}; {kept.vi}", f"{folder}: {MANIFEST} is missing; {kept.en}")
    return Words(
        f"{folder}: lần chạy dừng trước khi ghi được gì; hãy gõ lại lệnh đã chạy",
        f"{folder}: the run was stopped before it wrote anything; type its command again",
    )


def spec_in(folder: Path, manifest: Mapping[str, Any]) -> StudySpec:
    """What was asked of the study in a folder.

    Raises:
        InputRefusedError: the manifest does not tell it.
    """
    try:
        return spec_from_json(manifest["spec"])
    except (KeyError, TypeError, SpecError) as error:
        path = folder / MANIFEST
        said = Words(f"{path}: không đọc được yêu cầu: {error}", f"{path}: what was asked cannot be read: {error}")
        raise InputRefusedError(said) from error


def cell_hashes(manifest: Mapping[str, Any]) -> list[str]:
    """The cells whose replications count: those of a comparison, the baseline first, or the run itself."""
    cells = manifest.get("cells", ())
    return list(dict.fromkeys(str(cell["cell_hash"]) for cell in cells)) or [str(manifest.get("run_hash", ""))]


def write_manifest(folder: RunFolder, manifest: Mapping[str, Any]) -> None:
    """Put the manifest in place. Raises FileWriteError."""
    folder.write_text(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def write_provenance(folder: RunFolder, asked: LoadedScenario, under: str = "") -> None:
    """Keep where each value came from: layer, file and line, and all that a layer replaced.

    Args:
        folder: the run folder.
        asked: the scenario as typed.
        under: the sub-folder for this case, with its final slash, when the folder holds several.

    Raises:
        FileWriteError: the disk refuses.
    """
    content = {
        "schema": SCHEMA,
        "layers": list(asked.layers),
        "values": {key: origin._asdict() for key, origin in sorted(asked.provenance.items())},
        "changes": [change._asdict() for change in asked.changes],
    }
    folder.write_text(f"{under}{PROVENANCE}", json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def acting_on(spec: StudySpec) -> date | None:
    """From which day options act; None where each acts from its own beginning, or where none is laid over."""
    asked = None if isinstance(spec, InitSpec) else spec.options_from
    return acting_day(date.fromisoformat(asked)) if asked else None


def notes_of(
    asked: LoadedScenario, others: Sequence[LoadedScenario] = (), acting: date | None = None
) -> list[dict[str, str]]:
    """What the reader of the report must know.

    From when options act, what a shortened period leaves out, what was thinned or calibrated, who decides an option,
    its cost, and amounts that were counted for another plan.

    Args:
        asked: the scenario as asked for.
        others: of a comparison, the cases beside it.
        acting: the day from which options act, in the middle of the plan.
    """
    proposals = list(asked.proposals.values())
    every = [*proposals, *(one for other in others for one in other.proposals.values())]
    foreign = amounts_of_another_plan(asked.scenario.plan.decision, every)
    notes = [
        *([options_act_from(acting)] if acting else []),
        *cut_short(asked),
        *thinned(asked),
        *calibrated(asked),
        *(proposal.note() for proposal in proposals),
        *foreign,
        *beyond_the_plan(every),
    ]
    return [{"vi": note.vi, "en": note.en} for note in notes]


@dataclass(frozen=True)
class OpenedFolder:
    """A run folder that is there to be read.

    Attributes:
        shown: the folder as the person named it.
        folder: the folder.
        manifest: what it says of itself.
    """

    shown: str
    folder: RunFolder
    manifest: Mapping[str, Any]

    @cached_property
    def spec(self) -> StudySpec:
        """What was asked; raises as `spec_in`."""
        return spec_in(self.folder.path, self.manifest)


def opened(shown: str) -> OpenedFolder:
    """A run folder with its manifest.

    Raises:
        FolderRefusedError: there is no run in it.
        InputRefusedError: its manifest is missing or cannot be read.
    """
    folder = RunFolder.opened(Path(shown))
    manifest = read_manifest(folder.path)
    if manifest is None:
        raise InputRefusedError(missing_words(shown))
    return OpenedFolder(shown, folder, manifest)


TABLES_WRITTEN = "tables"
"""In the manifest: SHA-256 of each table of results by its name in the folder."""
_OTHERS = {"figures", "tables", "csv_excel"}
"""Sub-folders of what is not a table of results: pictures' data, inputs, copies for a spreadsheet."""


def checksums(folder: Path) -> dict[str, str]:
    """Checksum of every table of results that is there."""
    paths = sorted(path for path in folder.rglob("*.csv") if not _OTHERS & set(path.relative_to(folder).parts))
    return {str(path.relative_to(folder)): _checksum(path) for path in paths}


def edited_tables(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Names of those that are gone or are not what was written; none for a folder that keeps no checksums."""
    written = manifest.get(TABLES_WRITTEN, {})
    return [name for name, checksum in written.items() if _checksum(folder / name) != checksum]


def _checksum(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
