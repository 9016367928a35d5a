"""A plausible compare folder, made up: three cases of the fake run, the baseline first."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from fake_run import manifest_record, series_records, target_records
from fake_tables import columns_of, write_table

from sim.results.comparison_tables import COMPARE, COMPARE_SERIES
from sim.results.run_tables import TARGETS

CASES = {
    "baseline": ("Kịch bản gốc", "Baseline"),
    "option:all_communes": ("Văn phòng điện tử cho mọi xã", "E-office for every commune"),
    "future:staff_cuts": ("Cắt giảm biên chế", "Staff cuts"),
}
ROWS = [
    "baseline,a3,plan,0.577,0.328,0.744,0,0,0.161,20,out of reach,,,,44946,",
    "baseline,a3,true,0.495,0.276,0.681,0,0,0.161,20,out of reach,,,,44946,",
    "baseline,a2,plan,0.948,0.9,0.98,0.5,0.299,0.701,20,at risk,,,,44946,",
    "option:all_communes,a3,plan,0.9,0.7,0.97,0.3,0.145,0.519,20,undecided (60 more),0.312,0.281,0.343,54446,1",
    "option:all_communes,a3,true,0.8,0.6,0.9,0,0,0.161,20,out of reach,0.305,0.27,0.34,54446,1",
    "option:all_communes,a2,plan,0.949,0.9,0.98,0.5,0.299,0.701,20,at risk,0.001,-0.004,0.006,54446,0",
    "future:staff_cuts,a3,plan,0.53,0.3,0.7,0,0,0.161,20,out of reach,-0.045,-0.06,-0.03,44146,1",
    "future:staff_cuts,a3,true,0.45,0.2,0.6,0,0,0.161,20,out of reach,-0.04,-0.05,-0.03,44146,1",
    "future:staff_cuts,a2,plan,0.947,0.9,0.98,0.45,0.26,0.66,20,at risk,-0.001,-0.002,0,44146,0",
]
SHIFTS = {"baseline": 0.0, "option:all_communes": 0.05, "future:staff_cuts": -0.05}


def compare_records() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    columns = columns_of(COMPARE)
    for cell, *rest in csv.reader(ROWS):
        known = [cell, *CASES[cell], *rest]
        rows.append(dict.fromkeys(columns, "") | dict(zip(columns, known, strict=False)))
    return rows


def compare_series_records() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    measures = {"exchange_electronic_share", "submission_electronic_share"}
    for cell, (title_vi, title_en) in CASES.items():
        for record in series_records():
            if record["measure"] not in measures:
                continue
            row = {column: record[column] for column in columns_of(COMPARE_SERIES)[3:]}
            for column in ("median", "p05", "p95"):
                value = record[column]
                row[column] = round(max(0.0, value + SHIFTS[cell]), 4) if isinstance(value, float) else value
            rows.append({"cell": cell, "title_vi": title_vi, "title_en": title_en} | row)
    return rows


def write_fake_comparison(folder: Path, *, described: bool = True) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(manifest_record(options=[]), ensure_ascii=False), encoding="utf-8")
    write_table(folder, COMPARE, compare_records())
    write_table(folder, COMPARE_SERIES, compare_series_records())
    if described:
        write_table(folder, TARGETS, target_records())
    return folder
