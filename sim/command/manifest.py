"""What a run folder says of itself: scenario, program, seed, what was asked and how far it is. No time of day."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.command.usage import comma_separated
from sim.results.words import Words
from sim.scenario.loading import LoadedScenario
from sim.studies.case import Case
from sim.studies.folder import RunFolder
from sim.studies.refusals import InputRefusedError
from sim.studies.version import release, surroundings

MANIFEST = "manifest.json"
PROVENANCE = "provenance.json"
SCHEMA = 1

RUNNING, DONE, SOME_FAILED, INTERRUPTED = "running", "done", "some_failed", "interrupted"
PARTIAL = "partial"
"""Ended as asked with replications still to run: a shard, a merge of some shards, or a deadline."""


def first_manifest(case: Case, asked: LoadedScenario, words: Namespace) -> dict[str, Any]:
    """The manifest of a run that begins: who and what, with nothing done yet."""
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
        "options": list(comma_separated(words.option)),
        "adoption": words.adoption or "",
        "future": words.future or "",
        "set": list(words.set),
        "until": words.until or "",
        "notes": _notes(asked),
        "scenario_hash": case.loaded.content_hash,
        "program_hash": case.program,
        "run_hash": case.run_hash,
        "model_version": f"{release()}+{case.program}",
        "argv": list(words.typed),
        **surroundings(),
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
        said = Words(f"{path}: không đọc được: {error}", f"{path}: cannot be read: {error}")
        raise InputRefusedError(said) from error
    if not isinstance(read, dict) or read.get("schema") != SCHEMA:
        raise InputRefusedError(
            Words(f"{path}: không phải của phiên bản này", f"{path}: is not of this version of the program")
        )
    return read


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


def _notes(asked: LoadedScenario) -> list[dict[str, str]]:
    """What the reader of the report must know: targets that a shortened horizon leaves out."""
    dropped = [
        change.key.split(".")[1]
        for change in asked.changes
        if change.layer == "--until" and change.key.startswith("targets.") and not change.new
    ]
    if not dropped:
        return []
    named = ", ".join(dict.fromkeys(dropped))
    return [
        {
            "vi": f"Giai đoạn được rút ngắn: không xét các chỉ tiêu có hạn muộn hơn ({named}).",
            "en": f"The period was shortened: targets due later are left out ({named}).",
        }
    ]
