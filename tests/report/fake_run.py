"""A plausible run folder, made up: fake numbers to read, draw and print, from a fixed seed and no model."""

from __future__ import annotations

import csv
import json
import math
import random
from calendar import monthrange
from datetime import date
from pathlib import Path

TARGET_COLUMNS = [
    *("target_id", "title_vi", "title_en", "measure", "scope", "reading", "threshold", "due", "median", "p05", "p95"),
    *("p_reached", "p_low", "p_high", "n", "first_reached", "verdict"),
]
SERIES_COLUMNS = ["date", "measure", "scope", "version", "unit", "median", "p05", "p25", "p75", "p95", "n"]
CAUSE_COLUMNS = ["year", "group", "cause", "unit", "median", "p05", "p95", "n"]
SPENDING_COLUMNS = [
    *("line_id", "title_vi", "title_en", "source", "year", "planned_million_vnd"),
    *("arrived_median", "committed_median", "spent_median", "returned_median", "n"),
]
AGENCY_COLUMNS = [
    *("agency_id", "tier", "name_vi", "name_en", "level_median", "user_share_median"),
    *("electronic_share_median", "registry_utilisation_median", "n"),
]
VARIANCE_COLUMNS = ["target_id", "reading", "measure", "parameters_share", "luck_share", "n_pairs"]
INFLUENCE_COLUMNS = ["target_id", "key", "rank_correlation", "noticeable", "n"]
MANDATE_COLUMNS = ["mandate_id", "title_vi", "title_en", "start", "measured_from", "tiers"]
BASELINE_COLUMNS = [
    *("baseline_id", "measure", "scope", "reported", "low", "high", "simulated_median", "p05", "p95"),
    *("in_band_share", "state", "reason_vi", "reason_en", "source", "n"),
]
PARAMETER_COLUMNS = ["key", "unit", "low", "value", "high", "kind", "basis", "source"]

HOSTILE_TITLE = '=HYPERLINK("http://evil.example","x") <script>alert(1)</script> $\\frac{1}{0}$ {{ 7*7 }} \x1b[31mđỏ'
GAP_MONTHS = ("2016-01-31", "2016-02-29", "2016-03-31", "2018-02-28")
LEFT_OUT_MONTH = "2017-07-31"

TARGETS = [
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

CAUSES = {
    "not_electronic": (
        "deliveries",
        {
            "recipient_unreachable": 148000,
            "sender_no_eoffice": 61000,
            "secret": 9100,
            "never_electronic": 7300,
            "sender_not_connected": 21000,
            "refused_to_paper": 2400,
            "outage": 700,
            "ma_la_chua_biet": 120,
        },
    ),
    "parallel_paper": ("deliveries", {"no_signature": 97000, "leaders_rule": 180500, "directive": 22000}),
    "waiting": (
        "hours",
        {
            "office_closed": 812000,
            "clerk_busy": 240000,
            "leader_away_or_busy": 530000,
            "officer_busy": 410000,
            "link_busy": 15000,
            "outage": 9800,
            "post": 301000,
            "polling": 4100,
        },
    ),
}


def write_table(path: Path, columns: list[str], rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def target_records() -> list[dict[str, str]]:
    return [dict(zip(TARGET_COLUMNS, cells, strict=True)) for cells in csv.reader(TARGETS)]


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
            }
            rows.append(row | _band(share, 0.02))
    return rows


def cause_records() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for year, factor in ((2016, 2.1), (2018, 1.4), (2020, 1.0)):
        for group, (unit, causes) in CAUSES.items():
            grows = group == "parallel_paper"
            for cause, amount in causes.items():
                median = round(amount / factor if grows else amount * factor)
                rows.append(
                    {
                        "year": year,
                        "group": group,
                        "cause": cause,
                        "unit": unit,
                        "median": median,
                        "p05": round(0.82 * median),
                        "p95": round(1.21 * median),
                        "n": 20,
                    }
                )
    return rows


def spending_records() -> list[dict[str, object]]:
    lines = [
        (
            "I.1",
            "Trung tâm Công nghệ thông tin và Truyền thông tỉnh",
            "Provincial IT and Communications Centre",
            "TW",
            4500.0,
        ),
        ("I.2", "Thiết bị cho cơ quan cấp tỉnh, cấp huyện, cấp xã", "Equipment for the three tiers", "ĐT", 2400.0),
        ("II.3", "Mở rộng văn phòng điện tử đến cấp xã", "E-office extended to communes", "SN", 920.0),
        ("V.1", "Đào tạo, tập huấn", "Training", "SN", 310.5),
    ]
    rows: list[dict[str, object]] = []
    for line_id, title_vi, title_en, source, yearly in lines:
        for year in range(2016, 2021):
            planned = 0.0 if year == 2016 and source == "TW" else yearly + 40 * (year - 2016)
            arrived = planned * {"TW": 0.55, "ĐT": 0.9, "SN": 1.0}[source]
            rows.append(
                {
                    "line_id": line_id,
                    "title_vi": title_vi,
                    "title_en": title_en,
                    "source": source,
                    "year": year,
                    "planned_million_vnd": planned,
                    "arrived_median": round(arrived, 1),
                    "committed_median": round(0.94 * arrived, 1),
                    "spent_median": round(0.86 * arrived, 1),
                    "returned_median": round(0.06 * arrived, 1),
                    "n": 20,
                }
            )
    return rows


def parameter_records() -> list[dict[str, object]]:
    cells = [
        ("registry.register_minutes", "minutes", "2", "3.5", "6", "lognormal", "assumed", "ước lượng, chưa có số đo"),
        (
            "adoption.imitation_per_year",
            "1/year",
            "0.2",
            "0.6",
            "1.4",
            "lognormal",
            "derived",
            "chuỗi số liệu 2016–2022",
        ),
        ("leader.paper_threshold", "share", "0.8", "0.92", "0.99", "beta", "assumed", ""),
        ("documents.pages_mean", "pages", "4", "5", "6", "triangular", "reported", "Bộ Tài chính"),
        ("wan.agencies_at_start", "agencies", "", "2", "", "fixed", "plan", "QĐ 900/QĐ-UBND, B.II.2"),
    ]
    return [dict(zip(PARAMETER_COLUMNS, row, strict=True)) for row in cells]


AGENCIES = [
    "office,office,Văn phòng UBND tỉnh,Provincial Office,4,0.97,0.85,0.57,20",
    "dept.tttt,department,Sở Thông tin và Truyền thông,Department of Information,4,0.96,0.79,0.21,20",
    "commune.an_hoa,commune,Xã An Hòa,An Hòa commune,0,,0.1,0.4,20",
]
VARIANCE = [
    "a3,plan,exchange_electronic_share,0.83,0.17,10",
    "a3,true,exchange_electronic_share,0.81,0.19,10",
    "a2,plan,submission_electronic_share,0.61,0.39,10",
    "a4,plan,eoffice_linked_share,,,10",
]
INFLUENCE = [
    "a3,adoption.imitation_per_year,0.71,1,20",
    "a3,registry.register_minutes,-0.31,0,20",
    "a2,leader.paper_threshold,-0.66,1,20",
    "a2,adoption.imitation_per_year,0.42,0,20",
    "a4,documents.pages_mean,0.12,0,20",
]
MANDATES = [
    "directive_15,Chỉ thị 15/CT-TTg,Directive 15,2012-05-22,,office;department",
    "plan_900,Quyết định 900/QĐ-UBND,Decision 900,2017-03-17,,office;commune",
    "criterion,Tiêu chí thi đua,Emulation criterion,2017-09-01,2018-01-01,office",
    "resolution_17,Nghị quyết 17/NQ-CP,Resolution 17,2019-03-07,2019-03-07,office",
    "axis,Trục liên thông văn bản quốc gia,National document axis,2019-03-12,,outside",
    "later,Sau giai đoạn,After the horizon,2021-06-01,,office",
]
BASELINES = [
    (
        "b12,exchange_electronic_share,all,0.55,0.5,0.6,0.162,0.12,0.2,0,impossible,"
        "chưa xã nào dùng văn phòng điện tử,no commune is on e-office,QĐ 900 A.I.2,20"
    ),
    "b6,wan_connected_share,all,0.06,0.05,0.07,0.06,0.06,0.06,0.9,fitted,,,QĐ 900 A.I.1,20",
    "b18,trained_share,tiers:province+district,0.7,0.65,0.75,,,,,not fitted,,,QĐ 900 A.I.3,0",
]


def _records(columns: list[str], lines: list[str]) -> list[dict[str, object]]:
    return [dict(zip(columns, cells, strict=True)) for cells in csv.reader(lines)]


def write_fake_run(folder: Path, targets: list[dict[str, str]] | None = None, **manifest: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(manifest_record(**manifest), ensure_ascii=False), encoding="utf-8")
    write_table(folder / "targets.csv", TARGET_COLUMNS, list(target_records() if targets is None else targets))
    write_table(folder / "series.csv", SERIES_COLUMNS, series_records())
    write_table(folder / "causes.csv", CAUSE_COLUMNS, cause_records())
    write_table(folder / "spending.csv", SPENDING_COLUMNS, spending_records())
    write_table(folder / "parameters.csv", PARAMETER_COLUMNS, parameter_records())
    write_table(folder / "agencies.csv", AGENCY_COLUMNS, _records(AGENCY_COLUMNS, AGENCIES))
    write_table(folder / "variance.csv", VARIANCE_COLUMNS, _records(VARIANCE_COLUMNS, VARIANCE))
    write_table(folder / "influence.csv", INFLUENCE_COLUMNS, _records(INFLUENCE_COLUMNS, INFLUENCE))
    write_table(folder / "mandates.csv", MANDATE_COLUMNS, _records(MANDATE_COLUMNS, MANDATES))
    write_table(folder / "baselines.csv", BASELINE_COLUMNS, _records(BASELINE_COLUMNS, BASELINES))
    return folder


OPTIONAL_TABLES = (
    *("causes.csv", "spending.csv", "parameters.csv", "agencies.csv"),
    *("variance.csv", "influence.csv", "mandates.csv", "baselines.csv"),
)
