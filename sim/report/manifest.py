"""The manifest of a run folder, as the report knows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sim.results.cell_text import CellError, clean_text, day_of, number_of
from sim.results.run_tables import title_of
from sim.results.table import TableError
from sim.results.words import Lang, Words

Record = Mapping[str, object]
_FILE = "manifest.json"
_ADDS = "adds_to_plan"


@dataclass(frozen=True, slots=True)
class Offered:
    """An option that could be tried.

    Attributes:
        title: its name.
        cost_million_vnd: where any is stated.
        against: the causes it is meant against.
        paid_for: what that cost buys beside the things that it adds to the plan; None where nothing is stated.
        adds_to_plan: whether part of the cost buys such things, which its title names.
    """

    title: Words
    cost_million_vnd: float | None
    against: tuple[str, ...] = ()
    paid_for: Words | None = None
    adds_to_plan: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was run: scenario, seed, how many replications were asked for and done, model version."""

    scenario: str
    title_vi: str
    title_en: str
    seed: str
    replications_done: int
    replications_asked: int
    replications_failed: int
    model_version: str
    scenario_hash: str
    horizon_start: date | None
    horizon_end: date | None
    engine: str
    options: tuple[str, ...]
    future: str
    adoption: str
    sets: tuple[str, ...]
    until: str
    options_from: date | None
    """Day from which options act; None where each acts from its own beginning."""
    notes: tuple[tuple[str, str], ...]
    overlays: Mapping[str, Words] = field(default_factory=dict)
    """Titles of options, regime and future by `option:second_line`; empty in folders of before they were kept."""
    groups: Mapping[str, Words] = field(default_factory=dict)
    """Titles of the groups of agencies that the scenario names, by id; the same of older folders."""
    asked_for: str = ""
    """The scenario as it was named when it was run, a file's path among them; blank in folders that do not keep it."""
    set_before: Mapping[str, str] = field(default_factory=dict)
    """What each key had whose value was set, as it was written; empty in folders that do not keep it."""
    is_calibrated: bool = False
    """Whether what is unknown was drawn from what agrees with measurements."""
    thinning: int = 1
    """One in so many documents and dossiers was simulated."""
    offered: Mapping[str, Offered] = field(default_factory=dict)
    """Options that the plan does not have, by name; empty in folders of before they were kept."""
    run_hash: str = ""
    """Of scenario, model, seed and all that was changed."""
    remedies_seconds: float = 0.0
    """How long options were tried; 0 where none were."""

    def title(self, language: Lang) -> str:
        """The scenario's title in the language, else in the other one, else its name."""
        return title_of(self.title_vi, self.title_en, language) or self.scenario

    def overlay_named(self, kind: str, name: str, language: Lang, *, ids: bool = True) -> str:
        """An option, regime or future by its title and, if wanted, id; by that alone where no title was kept."""
        title = self.overlays.get(f"{kind}:{Path(name).stem}")
        if title is None:
            return name
        return f"{title.text(language)} [{name}]" if ids else title.text(language)

    def notes_in(self, language: Lang) -> list[str]:
        """The notes in one language."""
        return [vi if language == "vi" else en for vi, en in self.notes]

    @property
    def stopped(self) -> date | None:
        """The last day simulated when it cuts a year short; None when the run ends with a year."""
        end = self.horizon_end
        return end if end is not None and (end.month, end.day) != (12, 31) else None


def manifest_from(record: Record) -> Manifest:
    """The manifest from its JSON object; keys that are missing are blank or zero."""
    notes = record.get("notes")
    return Manifest(
        scenario=text(record, "scenario"),
        asked_for=text(spec, "scenario") if isinstance(spec := record.get("spec"), dict) else "",
        title_vi=text(record, "title_vi"),
        title_en=text(record, "title_en"),
        seed=text(record, "seed"),
        replications_done=count(record, "replications_done"),
        replications_asked=count(record, "replications_asked"),
        replications_failed=count(record, "replications_failed"),
        model_version=text(record, "model_version"),
        scenario_hash=text(record, "scenario_hash"),
        horizon_start=day(record, "horizon_start"),
        horizon_end=day(record, "horizon_end"),
        engine=text(record, "engine"),
        options=_texts(record, "options"),
        future=text(record, "future"),
        adoption=text(record, "adoption"),
        sets=_texts(record, "set"),
        set_before={str(key): str(was) for key, was in before.items()}
        if isinstance(before := record.get("set_before"), dict)
        else {},
        until=text(record, "until"),
        options_from=day(record, "options_from"),
        notes=tuple(_note(item) for item in notes) if isinstance(notes, list) else (),
        overlays=_titles(record, "overlays"),
        groups=_titles(record, "groups"),
        is_calibrated=record.get("is_calibrated") is True,
        thinning=max(1, count(record, "thinning")),
        offered=_offered(record),
        run_hash=text(record, "run_hash"),
        remedies_seconds=number(kept, "budget_seconds") or 0.0
        if isinstance(kept := record.get("remedies"), dict)
        else 0.0,
    )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a run or compare folder; raises FileNotFoundError, or TableError when it is not a JSON object."""
    try:
        manifest = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except json.JSONDecodeError as problem:
        raise TableError(problem.msg, place=f"{_FILE}:{problem.lineno}") from None
    if not isinstance(manifest, dict):
        raise TableError("not an object", place=_FILE)
    return manifest_from(manifest)


def text(record: Record, key: str) -> str:
    """The cleaned text of an entry; a missing one is empty."""
    return clean_text(record.get(key))


def _texts(record: Record, key: str) -> tuple[str, ...]:
    listed = record.get(key)
    return tuple(clean_text(item) for item in listed) if isinstance(listed, list) else ()


def number(record: Record, key: str) -> float | None:
    """A finite number, None where the entry is blank; raises TableError."""
    raw = text(record, key)
    try:
        return number_of(raw) if raw else None
    except CellError as error:
        raise TableError(error.words, place=_FILE, column=key) from None


def count(record: Record, key: str) -> int:
    """A whole number, 0 where the entry is blank; raises TableError."""
    return round(number(record, key) or 0)


def day(record: Record, key: str) -> date | None:
    """A day written yyyy-mm-dd, None where the entry is blank; raises TableError."""
    raw = text(record, key)
    try:
        return day_of(raw) if raw else None
    except CellError as error:
        raise TableError(error.words, place=_FILE, column=key) from None


def _titles(record: Record, key: str) -> dict[str, Words]:
    kept = record.get(key)
    return {str(name): Words(*_note(title)) for name, title in kept.items()} if isinstance(kept, Mapping) else {}


def _offered(record: Record) -> dict[str, Offered]:
    kept = record.get("options_there_are")
    if not isinstance(kept, Mapping):
        return {}
    return {
        str(name): Offered(
            Words(*_note(one)),
            number(one, "cost_million_vnd"),
            _texts(one, "against"),
            _paid_for(one),
            one.get(_ADDS) is True,
        )
        for name, one in kept.items()
        if isinstance(one, Mapping)
    }


def _paid_for(one: Record) -> Words | None:
    """Folders that do not say what is added to the plan name that among the rest, as the option's title does again."""
    vi, en = _note(one.get("paid_for"))
    return Words(vi, en) if vi and _ADDS in one else None


def _note(item: object) -> tuple[str, str]:
    if isinstance(item, Mapping):
        vi, en = clean_text(item.get("vi")), clean_text(item.get("en"))
        return vi or en, en or vi
    return clean_text(item), clean_text(item)
