"""A new scenario of one's own: a self-contained folder or a workbook, blank or started from another scenario."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.results.words import Words
from sim.scenario.chain import file_layer
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.files import as_on_disk
from sim.scenario.keys import Key
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.own import OwnScenario
from sim.scenario.own_files import BLANK_WARM_UP, already_there, blank_texts, own_texts, write_own_folder
from sim.scenario.places import DEFAULTS, PROVINCES, SCENARIOS, WORKBOOK, is_plain_name, named_file, own_file
from sim.scenario.workbook_export import Guide, scenario_workbook
from sim.scenario.workbook_pen import Titles

CALIBRATED = "calibration.draws"
_DEVICE_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
)


def new(name: str, from_: str | None = None, root: Path | None = None) -> Path:
    """Writes a scenario into a folder of its own; returns its settings file.

    The folder is `provinces/NAME` of the scenarios of a clone. An installed program has no folder of its own to write
    to: it is `NAME` where the user stands. Nothing of it extends another scenario.

    Args:
        name: the folder's and the scenario's name.
        from_: the scenario whose settings and tables are copied, its calibration left out; a blank one, with guidance,
            when None.
        root: the folder of scenarios.

    Raises:
        ScenarioErrors: the name is not a safe file name or is taken, or the source is not valid.
    """
    _refuse_unsafe(name)
    _refuse_taken(name, root)
    texts = blank_texts(name) if from_ is None else own_texts(_renamed(load(from_, root=root), name))
    return write_own_folder(own_file(PROVINCES, name, root), name, texts)


def new_workbook(
    name: str, from_: str | None, program: str, titles: Titles | None = None, root: Path | None = None
) -> Path:
    """Writes a scenario as a workbook where the user stands; returns it. The rest as `new`.

    Args:
        name: the workbook's and the scenario's name.
        from_: the scenario whose settings and tables are copied; a blank one when None.
        program: how the program is called, for what the first sheet says.
        titles: words for measures, readings and scopes, in the drop-downs.
        root: the folder of scenarios.
    """
    _refuse_unsafe(name)
    own = _blank(name) if from_ is None else _renamed(load(from_, root=root), name)
    return _written(Path.cwd() / f"{name}{WORKBOOK}", own, program, titles, root)


def export(
    scenario: str, out: Path | None, program: str, titles: Titles | None = None, root: Path | None = None
) -> Path:
    """Writes a whole scenario as a workbook; returns it.

    Args:
        scenario: its name or path.
        out: the new file; named as the scenario, where the user stands, when None.
        program: how the program is called, for what the first sheet says.
        titles: words for measures, readings and scopes, in the drop-downs.
        root: the folder of scenarios.

    Raises:
        ScenarioErrors: the scenario is not valid, or there is such a file.
    """
    loaded = load(scenario, root=root)
    path = out or Path.cwd() / f"{loaded.path.stem}{WORKBOOK}"
    if path.suffix.lower() != WORKBOOK:
        reason = Words(f"“{shown(path)}” không phải tên tệp .xlsx", f'"{shown(path)}" is no name of an .xlsx')
        raise ScenarioErrors([ScenarioError("E-FILE-006", "", "--out", reason)])
    return _written(path, loaded.own, program, titles, root)


def import_workbook(workbook: str, out: str | None = None, root: Path | None = None) -> tuple[LoadedScenario, Path]:
    """Writes the scenario that a workbook holds into a folder of text files; returns it as loaded, and the file.

    Args:
        workbook: the path of the workbook.
        out: a name, which becomes a folder as `new` makes it, or the path of a new folder; the workbook's own name
            when None.
        root: the folder of scenarios.

    Raises:
        ScenarioErrors: everything wrong with the workbook, by sheet and cell, or the folder is there.
    """
    path = as_on_disk(Path(workbook))
    if path.suffix.lower() != WORKBOOK:
        reason = Words(f"“{shown(workbook)}” không phải tệp .xlsx", f'"{shown(workbook)}" is no .xlsx')
        raise ScenarioErrors([ScenarioError("E-FILE-006", shown(workbook), "", reason)])
    wanted = out if out is not None else path.stem
    if is_plain_name(wanted) or out is None:
        _refuse_unsafe(wanted)
        _refuse_taken(wanted, root)
        folder = own_file(PROVINCES, wanted, root)
    else:
        folder = Path(wanted)
        _refuse_unsafe(folder.name)
    if os.path.lexists(folder):
        raise already_there(folder)
    loaded = load(path, root=root)
    return loaded, write_own_folder(folder, folder.name, own_texts(loaded.own))


def _written(path: Path, own: OwnScenario, program: str, titles: Titles | None, root: Path | None) -> Path:
    if os.path.lexists(path):
        raise already_there(path)
    content = scenario_workbook(own, _defaults(root), Guide(path.name, program), titles)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise already_there(path) from None
    return path


def _defaults(root: Path | None) -> dict[Key, Any]:
    folder = (root or SCENARIOS).resolve()
    errors: list[ScenarioError] = []
    layer = file_layer(folder / DEFAULTS, "defaults", folder, errors)
    return {} if layer is None else {key: entry.value for key, entry in layer.entries.items()}


def _blank(name: str) -> OwnScenario:
    warm_up: dict[Key, Any] = {("horizon", "warm_up", part): value for part, value in BLANK_WARM_UP.items()}
    return OwnScenario({("name",): name, **warm_up})


def _renamed(loaded: LoadedScenario, name: str) -> OwnScenario:
    """A copy under another name, without what was learnt from measurements of the plan that it is copied from."""
    title = loaded.scenario.title
    named: dict[Key, Any] = {
        ("name",): name,
        ("title", "vi"): f"{title.vi} ({name})",
        ("title", "en"): f"{title.en} ({name})",
    }
    own = loaded.own
    entries = {key: value for key, value in own.entries.items() if ".".join(key) != CALIBRATED}
    tables = {key: rows for key, rows in own.tables.items() if key != CALIBRATED}
    return replace(own, entries={**entries, **named}, tables=tables)


def _refuse_unsafe(name: str) -> None:
    if not is_plain_name(name) or name.lower() in _DEVICE_NAMES:
        reason = Words(f"“{shown(name)}” không dùng làm tên tệp được", f'"{shown(name)}" is not a safe file name')
        repair = Words("dùng chữ không dấu, số, _ và -", "use letters without marks, digits, _ and -, at most 64")
        raise ScenarioErrors([ScenarioError("E-NEW-001", "", shown(name), reason, repair)])


def _refuse_taken(name: str, root: Path | None) -> None:
    """A name that means a scenario already would hide the new one, or be hidden by it."""
    try:
        found = named_file(name, PROVINCES, (root or SCENARIOS).resolve())
    except ScenarioErrors:
        return
    raise already_there(found)
