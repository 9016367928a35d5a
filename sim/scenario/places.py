"""Where scenario files are, and which of them a scenario may read."""

from __future__ import annotations

import re
from pathlib import Path

from sim.results.words import NOTHING, Words
from sim.scenario.errors import ScenarioError, ScenarioErrors, printable, shown
from sim.scenario.files import as_on_disk
from sim.scenario.suggest import did_you_mean, nearest

_HOME = Path(__file__).resolve().parents[2]
SCENARIOS = _HOME / "scenarios"
"""The folder of scenarios beside `run.py`, in a clone as where the program is installed."""
IS_CLONE = (_HOME / "pyproject.toml").is_file()
"""Whether the program runs from its sources; an installed one writes nothing into its own folders."""

WORKBOOK = ".xlsx"
TABLE_SUFFIXES = (".csv", WORKBOOK)
DEFAULTS = "defaults.toml"
PROVINCES = "provinces"
_SWITCHES = {PROVINCES: "SCENARIO", "options": "--option", "adoption": "--adoption", "futures": "--future"}
"""How a file of each folder is named on the command line."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", re.ASCII)


def is_plain_name(text: str) -> bool:
    """Says whether a text is a bare name: ASCII letters, digits, `_` and `-`, at most 64."""
    return _NAME.fullmatch(text) is not None


def own_file(folder: str, file_name: str, root: Path | None = None) -> Path:
    """Returns where a planner's new file goes: into a folder of the scenarios, or where the user stands.

    Args:
        folder: `provinces` or another folder of the scenarios.
        file_name: name and ending.
        root: the folder of scenarios; when None, that of a clone, and none when the program is installed.
    """
    if root is None and not IS_CLONE:
        return Path.cwd() / file_name
    return (root or SCENARIOS).resolve() / folder / file_name


def shown_path(path: Path, root: Path) -> str:
    """Returns a path as messages name it: from the scenarios folder where it lies inside, else in full."""
    resolved = path.resolve()
    return f"{root.name}/{resolved.relative_to(root)}" if resolved.is_relative_to(root) else str(path)


def named_file(name: str, folder: str, root: Path, beside: Path | None = None, place: str = "") -> Path:
    """Returns the TOML file that a name in `folder` or a path means; the path is taken from `beside`.

    A scenario may also be a workbook by its path, and a folder of its own, in `folder` or where the user stands.

    Raises:
        ScenarioErrors: there is no such file, with the nearest name; or several look alike.
    """
    if is_plain_name(name):
        found = root / folder / f"{name}.toml"
        if found.is_file():
            return found
        own = [home / name / f"{name}.toml" for home in (root / folder, Path())] if folder == PROVINCES else []
        for path in own:
            if path.is_file():
                return path
        known = [path.stem for path in (root / folder).glob("*.toml")]
        known += [path.stem for path in (root / folder).glob("*/*.toml") if path.stem == path.parent.name]
        reason = Words(f"không có “{name}” trong {folder}/", f'no "{name}" in {folder}/')
        repair = _elsewhere(name, root) or did_you_mean(name, known)
        raise ScenarioErrors([ScenarioError("E-FILE-001", place, name, reason, repair)])
    path = (beside or Path()) / name
    if folder == PROVINCES and path.suffix.lower() == WORKBOOK and "\x00" not in name:
        return as_on_disk(path)
    if folder == PROVINCES and "\x00" not in name and path.suffix != ".toml" and _is_file(path / f"{path.name}.toml"):
        return path / f"{path.name}.toml"
    if path.suffix != ".toml" or "\x00" in name:
        said = shown(name)
        reason = Words(
            f"“{said}” không phải tên, tệp .toml hay sổ tính .xlsx", f'"{said}" is neither a name, a .toml nor an .xlsx'
        )
        raise ScenarioErrors([ScenarioError("E-FILE-006", place, shown(name), reason, _inside(path))])
    return as_on_disk(path)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _inside(folder: Path) -> Words:
    """Which scenario a folder holds, when a folder was named and it holds one."""
    try:
        held = list(folder.glob("*.toml")) if "\x00" not in str(folder) and folder.is_dir() else []
    except OSError:
        return NOTHING
    if len(held) != 1:
        return NOTHING
    said = printable(str(held[0]))
    return Words(f"đây là thư mục; ghi tên tệp trong đó: {said}", f"this is a folder; name the file in it: {said}")


def other_table(written: str, own_folder: Path, root: Path) -> Words:
    """What a table that is not there may be called instead: the same name with another ending, or one that is near."""
    absent = own_folder / written if (own_folder / written).parent.is_dir() else root / written
    try:
        names = sorted(path.name for path in absent.parent.iterdir() if path.suffix.lower() in TABLE_SUFFIXES)
    except OSError:
        return NOTHING
    stems = {Path(name).stem: name for name in names}
    near = absent.stem if absent.stem in stems else nearest(absent.stem, stems)
    if near is None:
        return NOTHING
    said = printable(stems[near])
    return Words(f"có phải “{said}”?", f'did you mean "{said}"?')


def _elsewhere(name: str, root: Path) -> Words | None:
    """Where a file of this name is, when it is of another kind."""
    for folder, switch in _SWITCHES.items():
        if (root / folder / f"{name}.toml").is_file():
            return Words(f"tên đó có trong {folder}/ (dùng {switch})", f"it is in {folder}/ (use {switch})")
    return None


def table_file(written: str, own_folder: Path, root: Path) -> Path | None:
    """Returns the CSV file or workbook that a scenario names, from its own folder or the scenarios folder.

    None when the path is absolute, is neither, or leads (by `..` or a link) out of both folders.

    Raises:
        ScenarioErrors: several files look alike.
    """
    if (
        not written.lower().endswith(TABLE_SUFFIXES)
        or Path(written).is_absolute()
        or "\\" in written
        or "\x00" in written
    ):
        return None
    allowed = (own_folder.resolve(), root)
    candidates = [as_on_disk(folder / written).resolve() for folder in allowed]
    found = next((path for path in candidates if path.exists()), candidates[-1])
    return found if any(found.is_relative_to(folder) for folder in allowed) else None
