"""The tables of a run folder, read and typed. Nothing else of the model is known here.

Blank cells are kept as None: a share over fewer than 30 items has no value, and none is invented. Text is brought to
one Unicode form and stripped of control characters, since it goes to terminals, figures and pages.
"""

from __future__ import annotations

import csv
import json
import math
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from sim.report.rows import CauseRow, Manifest, ParameterRow, RunTables, SeriesRow, SpendingRow, TargetRow

Record = Mapping[str, object]
Row = TypeVar("Row")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")


class TableError(ValueError):
    """A table of the run folder cannot be read; the message names file, line and column."""


def clean_text(value: object) -> str:
    """Text in composed Unicode (NFC) without control or bidirectional characters; None becomes empty."""
    composed = unicodedata.normalize("NFC", "" if value is None else str(value))
    kept = (" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in composed)
    return "".join(letter for letter in kept if letter not in _BIDI_CONTROLS).strip()


def _number(record: Record, column: str) -> float | None:
    raw = clean_text(record.get(column))
    if raw in {"", "nan"}:
        return None
    try:
        value = float(raw)
    except ValueError:
        raise TableError(f"{column}: {raw!r} is not a number") from None
    if not math.isfinite(value):
        raise TableError(f"{column}: {raw!r} is not finite")
    return value


def _count(record: Record, column: str) -> int:
    return round(_number(record, column) or 0)


def _day(record: Record, column: str) -> date | None:
    raw = clean_text(record.get(column))
    if not raw:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise TableError(f"{column}: {raw!r} is not a date of the form yyyy-mm-dd") from None


def target_row(record: Record) -> TargetRow:
    """One record of targets.csv; raises TableError on a bad number or date."""
    return TargetRow(
        target_id=clean_text(record.get("target_id")),
        title_vi=clean_text(record.get("title_vi")),
        title_en=clean_text(record.get("title_en")),
        measure=clean_text(record.get("measure")),
        scope=clean_text(record.get("scope")),
        reading=clean_text(record.get("reading")),
        threshold=_number(record, "threshold"),
        due=_day(record, "due"),
        median=_number(record, "median"),
        p05=_number(record, "p05"),
        p95=_number(record, "p95"),
        p_reached=_number(record, "p_reached"),
        p_low=_number(record, "p_low"),
        p_high=_number(record, "p_high"),
        n=_count(record, "n"),
        first_reached=_day(record, "first_reached"),
        verdict=clean_text(record.get("verdict")),
    )


def series_row(record: Record) -> SeriesRow:
    """One record of series.csv; raises TableError on a bad number or a missing date."""
    day = _day(record, "date")
    if day is None:
        raise TableError("date: missing")
    return SeriesRow(
        date=day,
        measure=clean_text(record.get("measure")),
        scope=clean_text(record.get("scope")),
        version=clean_text(record.get("version")),
        unit=clean_text(record.get("unit")),
        median=_number(record, "median"),
        p05=_number(record, "p05"),
        p25=_number(record, "p25"),
        p75=_number(record, "p75"),
        p95=_number(record, "p95"),
        n=_count(record, "n"),
    )


def cause_row(record: Record) -> CauseRow:
    """One record of causes.csv; raises TableError on a bad number."""
    return CauseRow(
        year=_count(record, "year"),
        group=clean_text(record.get("group")),
        cause=clean_text(record.get("cause")),
        unit=clean_text(record.get("unit")),
        median=_number(record, "median"),
        p05=_number(record, "p05"),
        p95=_number(record, "p95"),
        n=_count(record, "n"),
    )


def spending_row(record: Record) -> SpendingRow:
    """One record of spending.csv; raises TableError on a bad number."""
    return SpendingRow(
        line_id=clean_text(record.get("line_id")),
        title_vi=clean_text(record.get("title_vi")),
        title_en=clean_text(record.get("title_en")),
        source=clean_text(record.get("source")),
        year=_count(record, "year"),
        planned_million_vnd=_number(record, "planned_million_vnd") or 0.0,
        arrived_median=_number(record, "arrived_median"),
        spent_median=_number(record, "spent_median"),
        returned_median=_number(record, "returned_median"),
        n=_count(record, "n"),
    )


def parameter_row(record: Record) -> ParameterRow:
    """One record of parameters.csv, kept as text."""
    return ParameterRow(
        key=clean_text(record.get("key")),
        unit=clean_text(record.get("unit")),
        low=clean_text(record.get("low")),
        value=clean_text(record.get("value")),
        high=clean_text(record.get("high")),
        kind=clean_text(record.get("kind")),
        basis=clean_text(record.get("basis")),
        source=clean_text(record.get("source")),
    )


def manifest_from(record: Record) -> Manifest:
    """The manifest from its JSON object; keys that are missing are blank or zero."""
    options, notes = record.get("options"), record.get("notes")
    return Manifest(
        scenario=clean_text(record.get("scenario")),
        title_vi=clean_text(record.get("title_vi")),
        title_en=clean_text(record.get("title_en")),
        seed=clean_text(record.get("seed")),
        replications_done=_count(record, "replications_done"),
        replications_asked=_count(record, "replications_asked"),
        replications_failed=_count(record, "replications_failed"),
        model_version=clean_text(record.get("model_version")),
        scenario_hash=clean_text(record.get("scenario_hash")),
        horizon_start=_day(record, "horizon_start"),
        horizon_end=_day(record, "horizon_end"),
        engine=clean_text(record.get("engine")),
        options=tuple(clean_text(item) for item in options) if isinstance(options, list) else (),
        future=clean_text(record.get("future")),
        adoption=clean_text(record.get("adoption")),
        notes=tuple(_note(item) for item in notes) if isinstance(notes, list) else (),
    )


def _note(item: object) -> tuple[str, str]:
    if isinstance(item, Mapping):
        vi, en = clean_text(item.get("vi")), clean_text(item.get("en"))
        return vi or en, en or vi
    return clean_text(item), clean_text(item)


def _read_table(path: Path, convert: Callable[[Record], Row], *, required: bool) -> tuple[Row, ...]:
    if not required and not path.exists():
        return ()
    rows: list[Row] = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        for record in reader:
            try:
                rows.append(convert(record))
            except TableError as problem:
                raise TableError(f"{path.name}:{reader.line_num} {problem}") from None
    return tuple(rows)


def read_run_tables(run_folder: Path) -> RunTables:
    """Read a run folder: manifest, targets and series must be there; causes, spending and parameters may be absent.

    Raises FileNotFoundError when a required table is missing, TableError when one cannot be read.
    """
    manifest_path = run_folder / "manifest.json"
    try:
        manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as problem:
        raise TableError(f"manifest.json:{problem.lineno} {problem.msg}") from None
    if not isinstance(manifest, dict):
        raise TableError("manifest.json: not an object")
    return RunTables(
        manifest=manifest_from(manifest),
        targets=_read_table(run_folder / "targets.csv", target_row, required=True),
        series=_read_table(run_folder / "series.csv", series_row, required=True),
        causes=_read_table(run_folder / "causes.csv", cause_row, required=False),
        spending=_read_table(run_folder / "spending.csv", spending_row, required=False),
        parameters=_read_table(run_folder / "parameters.csv", parameter_row, required=False),
    )
