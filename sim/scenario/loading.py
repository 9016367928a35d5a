"""A scenario with its layers, tables and rules, from a name to a frozen, checked whole."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sim.results.words import NOTHING, Words
from sim.scenario.budget_levers import turned
from sim.scenario.chain import scenario_layers
from sim.scenario.command_line import forget_what_is_later, set_layers, until_layer
from sim.scenario.consequences import own_faults
from sim.scenario.dossier_rules import WITHOUT_DOSSIERS
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.facts import Facts, Tables
from sim.scenario.keys import Key
from sim.scenario.layers import Change, Layer, Settings, lay
from sim.scenario.overlays import overlay_layers
from sim.scenario.places import PROVINCES, SCENARIOS, named_file, other_table, shown_path, table_file
from sim.scenario.procedures import PROCEDURES, Procedure
from sim.scenario.proposal import Proposal
from sim.scenario.provenance import Provenance
from sim.scenario.purchase_terms import forget_unknown, purchase_layer, term_rules, with_terms
from sim.scenario.rules import scenario_rules, table_rules
from sim.scenario.schema import Scenario
from sim.scenario.start_rules import FIT_AGAIN
from sim.scenario.start_states import START_RESIDUALS, START_STATES, StartResidual, StartState
from sim.scenario.tables import (
    AGENCIES,
    BUDGET,
    CALENDAR,
    PURCHASES,
    TOTALS,
    AgencyRow,
    BudgetLine,
    BudgetTotal,
    CalendarDay,
    Purchase,
    TableKind,
    read_table,
)
from sim.scenario.toml_text import toml_text
from sim.scenario.validate import Validated, validate

Row = TypeVar("Row")

_LONGEST_SLUG = 60
_TABLE_KEYS: tuple[Key, ...] = (
    ("agencies",),
    ("budget", "lines"),
    ("budget", "totals"),
    ("budget", "purchases"),
    ("calendar", "overrides"),
    ("start", "fitted"),
    ("start", "residuals"),
    ("dossiers", "procedures"),
)
_MAY_BE_ABSENT = ("start.fitted", "start.residuals", "dossiers.procedures")
"""Tables that a scenario may do without, by an empty name."""


@dataclass(frozen=True, repr=False)
class LoadedScenario:
    """A checked scenario: what is simulated, and where every number of it comes from."""

    scenario: Scenario
    agencies: tuple[AgencyRow, ...]
    budget: tuple[BudgetLine, ...]
    budget_totals: tuple[BudgetTotal, ...]
    purchases: tuple[Purchase, ...]
    """What each line buys: the table, with what was set over it."""
    calendar_overrides: tuple[CalendarDay, ...]
    start_states: tuple[StartState, ...]
    """Fitted starting states, from one of which each replication starts; none when nothing was fitted."""
    start_residuals: tuple[StartResidual, ...]
    """What the fit left over of each baseline."""
    procedures: tuple[Procedure, ...]
    """What citizens and firms may ask for; none when dossiers are not simulated."""
    provenance: Mapping[str, Provenance]
    """Dotted key to the layer, file and line that set it; a quantity also under its own name."""
    changes: tuple[Change, ...]
    """Every value that a layer replaced or dropped, in laying order."""
    layers: tuple[str, ...]
    """Names of the layers, lowest first."""
    slug: str
    """The name as lower-case ASCII, safe in a file name."""
    content_hash: str
    """SHA-256 of the resolved settings and tables; row order and spelling of units do not count."""
    path: Path
    table_files: Mapping[str, Path]
    """Key of each table to the file it was read from."""
    settings: Mapping[str, Any]
    """The resolved settings as written, nested, for `explain` and `resolved_toml`."""
    plan_lines: tuple[BudgetLine, ...] = ()
    """The plan's lines before the levers on money: what other levers would start from."""
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    """What each option, regime and future laid over it says of itself, by the layer's name."""
    recognised: tuple[Words, ...] = ()
    """How each table was read that is not plainly comma-separated UTF-8, one line a file."""

    def __repr__(self) -> str:
        """One line: name, period, agencies, layers."""
        horizon = self.scenario.horizon
        period = f"{horizon.start} to {horizon.end}"
        return f"<LoadedScenario {self.slug}, {period}, {len(self.agencies)} agencies, {', '.join(self.layers)}>"

    def resolved_toml(self) -> str:
        """Returns one scenario file that holds every key and loads to the same content."""
        return toml_text({"complete": True} | dict(self.settings))


def load(
    name_or_path: str | Path,
    *,
    root: Path | None = None,
    options: Sequence[str] = (),
    adoption: str | None = None,
    future: str | None = None,
    sets: Sequence[str] = (),
    until: date | str | None = None,
) -> LoadedScenario:
    """Loads a scenario: defaults, what it extends, itself, overlays, then the command line.

    Args:
        name_or_path: a name in `provinces/`, or the path of a `.toml` file.
        root: the folder of scenarios; the one beside `run.py` when None.
        options: names in `options/`, or paths.
        adoption: a name in `adoption/`, or a path.
        future: a name in `futures/`, or a path.
        sets: `key=value` texts.
        until: last day simulated; mandates and targets after it are dropped, and logged.

    Raises:
        ScenarioErrors: everything wrong in all the files, with file, line, reason and repair.
    """
    root = (root or SCENARIOS).resolve()
    path = named_file(str(name_or_path), PROVINCES, root)
    errors: list[ScenarioError] = []
    layers = scenario_layers(path, root, errors)
    if not any(layer.name == "scenario" for layer in layers):
        raise ScenarioErrors(errors)
    layers += overlay_layers(adoption, options, future, root, errors)
    layers += set_layers(sets, root, errors)
    ending = until_layer(until, root, errors) if until is not None else None
    layers += [ending] if ending else []
    files = _table_files(_laid(layers, []), layers, root, errors)
    recognised: list[Words] = []
    unread: list[ScenarioError] = []
    tables = _read_tables(files, root, unread, recognised)
    bought = purchase_layer(tables.purchases, files.get("budget.purchases"), root)
    settings = _laid([bought, *layers], errors)
    forget_unknown(settings, tables.purchases, errors)
    if ending:
        forget_what_is_later(settings, ending.entries["horizon", "end"].value)
    defaults = _laid([layer for layer in layers if layer.name == "defaults"], [])
    validated = validate(settings, defaults, shown_path(path, root))
    errors += (*unread, *validated.errors)
    broken = _broken_rules(validated, tables, settings, tuple(layer.name for layer in layers))
    errors += own_faults(broken, unread, {key: shown_path(file, root) for key, file in files.items()})
    if errors or validated.scenario is None:
        raise ScenarioErrors(errors)
    loaded = _loaded(validated.scenario, tables.ordered(), settings, layers=layers, path=path, files=files)
    proposals = {layer.name: layer.proposal for layer in layers if layer.proposal is not None}
    return replace(loaded, recognised=tuple(recognised), proposals=proposals)


def slug_of(name: str) -> str:
    """Returns a name as lower-case ASCII letters, digits, `_` and `-`."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", ascii_only).strip("-_")[:_LONGEST_SLUG] or "scenario"


def _laid(layers: Sequence[Layer], errors: list[ScenarioError]) -> Settings:
    settings = Settings()
    for layer in layers:
        errors.extend(lay(settings, layer))
    return settings


def _table_files(
    settings: Settings, layers: Sequence[Layer], root: Path, errors: list[ScenarioError]
) -> dict[str, Path]:
    folders = {layer.name: layer.folder for layer in layers}
    files = {}
    for key in _TABLE_KEYS:
        entry = settings.entries.get(key)
        if entry is None or not isinstance(entry.value, str):
            continue
        name, place = ".".join(key), entry.origin.place
        if not entry.value and name in _MAY_BE_ABSENT:
            continue
        try:
            found = table_file(entry.value, folders[entry.origin.layer], root)
        except ScenarioErrors as refused:
            errors.extend(refused.errors)
            continue
        if found is None:
            said = shown(entry.value)
            reason = Words(
                f"“{said}” không phải tệp .csv hay .xlsx trong thư mục kịch bản",
                f'"{said}" is not a .csv or .xlsx inside the scenarios folder or the folder of this file',
            )
            is_sheet = entry.value.lower().endswith((".xls", ".xlsm", ".xlsb", ".ods"))
            repair = Words("lưu bảng thành .xlsx", "save the table as .xlsx") if is_sheet else NOTHING
            errors.append(ScenarioError("E-FILE-006", place, name, reason, repair))
        elif not found.exists():
            reason = Words(f"không có tệp {shown(entry.value)}", f"no such file {shown(entry.value)}")
            repair = other_table(entry.value, folders[entry.origin.layer], root)
            errors.append(ScenarioError("E-FILE-001", place, name, reason, repair))
        else:
            files[name] = found
    return files


def _read_tables(files: Mapping[str, Path], root: Path, errors: list[ScenarioError], recognised: list[Words]) -> Tables:
    def rows(key: str, kind: TableKind[Row]) -> tuple[Row, ...]:
        file = files.get(key)
        return tuple(read_table(kind, file, shown_path(file, root), errors, recognised)) if file else ()

    def some_rows(key: str, kind: TableKind[Row], code: str, repair: Words) -> tuple[Row, ...]:
        already = len(errors)
        found = rows(key, kind)
        if key in files and not found and len(errors) == already:
            reason = Words("bảng không có dòng nào", "the table has no row")
            errors.append(ScenarioError(code, f"{shown_path(files[key], root)}:1", key, reason, repair))
        return found

    def fit_rows(key: str, kind: TableKind[Row]) -> tuple[Row, ...]:
        """Nobody writes such a table by hand, so that one of other columns is an older program's."""
        already = len(errors)
        found = some_rows(key, kind, "E-INI-003", FIT_AGAIN)
        errors[already:] = [
            replace(one, repair=FIT_AGAIN) if one.code == "E-TAB-001" else one for one in errors[already:]
        ]
        return found

    budget = rows("budget.lines", BUDGET)
    has_money = bool(budget or errors)
    return Tables(
        agencies=some_rows("agencies", AGENCIES, "E-AGY-007", NOTHING),
        budget=budget,
        budget_totals=some_rows("budget.totals", TOTALS, "E-BUD-009", _STATE_TOTALS) if has_money else (),
        purchases=rows("budget.purchases", PURCHASES),
        calendar_overrides=rows("calendar.overrides", CALENDAR),
        start_states=fit_rows("start.fitted", START_STATES),
        start_residuals=fit_rows("start.residuals", START_RESIDUALS),
        procedures=some_rows("dossiers.procedures", PROCEDURES, "E-DOS-011", WITHOUT_DOSSIERS),
    )


_STATE_TOTALS = Words(
    "không gì đối chiếu số tiền: ghi tổng như kế hoạch in, ví dụ TOTAL,TW,total,100",
    "nothing checks the amounts: state the totals that the plan prints, as TOTAL,TW,total,100",
)


def _broken_rules(
    validated: Validated, tables: Tables, settings: Settings, layers: tuple[str, ...]
) -> list[ScenarioError]:
    faults = list(table_rules(tables))
    if validated.scenario is not None:
        faults += term_rules(tables.purchases, validated.scenario.purchases)
        faults += scenario_rules(Facts(validated.scenario, tables, settings.origins(), layers))
    broken = {".".join(key) for key in validated.broken}
    return [fault for fault in faults if not any(f"{fault.key}.".startswith(f"{key}.") for key in broken)]


def _loaded(
    scenario: Scenario,
    tables: Tables,
    settings: Settings,
    *,
    layers: Sequence[Layer],
    path: Path,
    files: dict[str, Path],
) -> LoadedScenario:
    return LoadedScenario(
        scenario=scenario,
        agencies=tables.agencies,
        budget=turned(tables.budget, scenario.budget, scenario.plan.decided.year),
        budget_totals=tables.budget_totals,
        purchases=with_terms(tables.purchases, scenario.purchases),
        calendar_overrides=tables.calendar_overrides,
        start_states=tables.start_states,
        start_residuals=tables.start_residuals,
        procedures=tables.procedures,
        provenance=_provenance(settings),
        changes=tuple(settings.changes),
        layers=tuple(layer.name for layer in layers),
        slug=slug_of(scenario.name),
        content_hash=_content_hash(scenario, tables),
        path=path,
        table_files=files,
        settings=settings.tree(),
        plan_lines=tables.budget,
    )


def _provenance(settings: Settings) -> dict[str, Provenance]:
    origins = {}
    for key, entry in settings.entries.items():
        origins[".".join(key)] = entry.origin
        if key[-1] in ("value", "weights"):
            origins[".".join(key[:-1])] = entry.origin
    return origins


def _content_hash(scenario: Scenario, tables: Tables) -> str:
    content = {"scenario": scenario.model_dump(mode="json", by_alias=True), "tables": asdict(tables)}
    for rows in content["tables"].values():
        for row in rows:
            row.pop("place")
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
