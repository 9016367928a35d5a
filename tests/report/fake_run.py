"""A plausible run folder, made up: fake numbers to read, draw and print, from a fixed seed and no model."""

from __future__ import annotations

import json
import math
import random
from calendar import monthrange
from datetime import date
from pathlib import Path

from fake_tables import records_of, row_of, write_fake_tables, write_table

from sim.results.run_tables import SERIES, TARGETS, TARGETS_BY_YEAR, TargetRow

HOSTILE_TITLE = '=HYPERLINK("http://evil.example","x") <script>alert(1)</script> $\\frac{1}{0}$ {{ 7*7 }} \x1b[31mđỏ'
GAP_MONTHS = ("2016-01-31", "2016-02-29", "2016-03-31", "2018-02-28")
LEFT_OUT_MONTH = "2017-07-31"

TARGET_LINES = [
    (
        "a3,Văn bản trao đổi giữa các cơ quan trong tỉnh dưới dạng điện tử (kể cả gửi song song bản giấy),"
        "Documents between agencies of the province sent electronically (parallel paper counted),"
        "exchange_electronic_share,all,plan,0.95,2020-12-31,0.953,0.902,0.981,0.9,0.699,0.972,20,2020-08-31,reachable"
    ),
    ("a3,,,exchange_electronic_share,all,true,0.95,2020-12-31,0.871,0.79,0.93,0.05,0.009,0.236,20,,out of reach"),
    ("a3,,,exchange_electronic_only_share,all,only,0.95,2020-12-31,0.412,0.33,0.52,0,0,0.161,20,,out of reach"),
    (
        "a2,Văn bản không mật trình UBND tỉnh dưới dạng điện tử,Non-secret documents submitted to the provincial "
        "People's Committee electronically,submission_electronic_share,tiers:province+district,plan,0.95,2020-12-31,"
        "0.948,0.9,0.98,0.5,0.299,0.701,20,,at risk"
    ),
    (
        "a4,Cơ quan ba cấp liên thông văn phòng điện tử,Agencies of all three tiers interconnected by e-office,"
        "eoffice_linked_share,all,plan,1,2020-12-31,0.98,0.91,1,0.35,0.181,0.567,20,,undecided (40 more)"
    ),
    (
        "c2,Cơ quan kết nối mạng diện rộng của tỉnh,Agencies connected to the provincial network,"
        "wan_connected_share,all,plan,1,2020-12-31,,,,,,,0,,"
    ),
]


def target_records() -> list[dict[str, object]]:
    return records_of(TARGETS, TARGET_LINES)


def target_year_records(targets: list[dict[str, object]]) -> list[dict[str, object]]:
    """The year of its due date as the target's own row says it, and the year before at four fifths of that."""
    rows: list[dict[str, object]] = []
    for target in targets:
        if not target["verdict"]:
            continue
        due = str(target["due"])
        year = int(due[:4])
        months = "" if target["measure"] == "eoffice_linked_share" else 12
        kept = ("target_id", "title_vi", "title_en", "measure", "scope", "reading", "n")
        known = {name: target[name] for name in kept} | {"window_months": months}
        band = {name: target[name] for name in ("median", "p05", "p95")}
        less = {name: value and round(0.8 * float(str(value)), 4) for name, value in band.items()}
        before = {
            "year": year - 1,
            "as_of": f"{year - 1}{due[4:]}",
            "p_reached": 0,
            "threshold": "",
            "state": "not_due",
        }
        reached = {"p_reached": target["p_reached"], "threshold": target["threshold"], "state": target["verdict"]}
        rows += [known | less | before, known | band | reached | {"year": year, "as_of": due}]
    return rows


def target_row(**changes: object) -> TargetRow:
    """The first target of the fake run, with these columns changed."""
    return row_of(TARGETS, target_records()[0] | changes)


def manifest_record(**changes: object) -> dict[str, object]:
    return {
        "scenario": "binh_dinh_2016_2020",
        "title_vi": "Kế hoạch ứng dụng công nghệ thông tin tỉnh Bình Định 2016–2020",
        "title_en": "Bình Định IT-application plan 2016–2020",
        "seed": 20170317,
        "replications_done": 20,
        "replications_asked": 20,
        "replications_failed": 0,
        "model_version": "0.1.0",
        "scenario_hash": "3f9a21c7",
        "horizon_start": "2016-01-01",
        "horizon_end": "2020-12-31",
        "engine": "compiled",
        "options": ["commune_eoffice"],
        "future": "",
        "adoption": "mandate",
        "notes": [
            {
                "vi": "Mức 55% ban đầu không thể đạt khi chưa xã nào dùng văn phòng điện tử.",
                "en": "The 55% at the start cannot come about with no commune on e-office.",
            }
        ],
    } | changes


def _month_ends() -> list[str]:
    return [
        date(year, month, monthrange(year, month)[1]).isoformat()
        for year in range(2016, 2021)
        for month in range(1, 13)
    ]


def _band(median: float, spread: float) -> dict[str, object]:
    bounds = {"median": 0.0, "p05": -spread, "p25": -0.4 * spread, "p75": 0.4 * spread, "p95": spread}
    return {name: round(min(1.0, max(0.0, median + shift)), 4) for name, shift in bounds.items()}


def series_records(seed: int = 7) -> list[dict[str, object]]:
    luck = random.Random(seed)
    rows: list[dict[str, object]] = []
    measures = [
        ("exchange_electronic_share", "all", 0.16, 0.95),
        ("submission_electronic_share", "tiers:province+district", 0.3, 0.95),
        ("eoffice_linked_share", "all", 0.2, 0.98),
    ]
    for measure, scope, start, end in measures:
        for version, flattery in (("reported", 0.0), ("true", -0.09)):
            for at, day in enumerate(_month_ends()):
                if day == LEFT_OUT_MONTH:
                    continue
                growth = 1 / (1 + math.exp(-(at - 33) / 8))
                median = start + (end - start) * growth + flattery * growth + luck.gauss(0, 0.008)
                row = {"date": day, "measure": measure, "scope": scope, "version": version, "unit": "share", "n": 20}
                row |= {"longer": ""}
                row |= _band(median, 0.03 + 0.09 * growth * (1 - growth) * 4)
                if day in GAP_MONTHS and measure == "exchange_electronic_share":
                    row |= dict.fromkeys(("median", "p05", "p25", "p75", "p95"), "") | {"n": 0}
                rows.append(row)
    for at, day in enumerate(_month_ends()):
        reached = at / 59
        shares = [0.75 * (1 - reached) ** 1.5, 0.2 * (1 - 0.7 * reached), 0.0, 0.25 * reached, 0.22 * reached**2]
        shares[2] = 1 - sum(shares)
        for level, share in enumerate(shares):
            row = {
                "date": day,
                "measure": "eoffice_level_share",
                "scope": f"level:{level}",
                "version": "true",
                "unit": "share",
                "n": 20,
                "longer": "",
            }
            rows.append(row | _band(share, 0.02))
    return rows


def write_fake_run(folder: Path, targets: list[dict[str, object]] | None = None, **manifest: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(manifest_record(**manifest), ensure_ascii=False), encoding="utf-8")
    told = target_records() if targets is None else targets
    write_table(folder, TARGETS, told)
    write_table(folder, TARGETS_BY_YEAR, target_year_records(told))
    write_table(folder, SERIES, series_records())
    write_fake_tables(folder)
    return folder
