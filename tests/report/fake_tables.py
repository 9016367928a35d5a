"""The tables of the made-up run besides targets and months: causes, money, parameters, agencies, orders, starts."""

from __future__ import annotations

import csv
from pathlib import Path

CAUSE_COLUMNS = [
    *("year", "group", "cause", "unit", "median", "p05", "p95", "n"),
    *("share_mean", "share_p05", "share_p95"),
]
SPENDING_COLUMNS = [
    *("line_id", "title_vi", "title_en", "source", "year", "planned_million_vnd"),
    *("arrived_median", "committed_median", "spent_median", "returned_median", "n"),
]
MONEY_COLUMNS = ["line_id", "source", "year", "entry", "median", "p05", "p95", "n"]
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


def cause_records() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for year, factor in ((2016, 2.1), (2018, 1.4), (2020, 1.0)):
        for group, (unit, causes) in CAUSES.items():
            grows = group == "parallel_paper"
            total = sum(causes.values())
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
                        "share_mean": amount / total,
                        "share_p05": 0.9 * amount / total,
                        "share_p95": 1.1 * amount / total,
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


def money_records() -> list[dict[str, object]]:
    """Totals of a run in which every simulation went alike, so that here, and only so, medians do add up."""
    totals: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in spending_records():
        amounts = {"planned": float(str(row["planned_million_vnd"]))}
        for entry in ("arrived", "committed", "spent", "returned"):
            amounts[entry] = float(str(row[f"{entry}_median"]))
        amounts["not_arrived"] = amounts["planned"] - amounts["arrived"]
        amounts["under_way"] = amounts["committed"] - amounts["spent"]
        line, source, year = str(row["line_id"]), str(row["source"]), str(row["year"])
        for key in (
            ("all", "all", "all"),
            ("all", "all", year),
            ("all", source, "all"),
            (line, "all", "all"),
            (line, source, "all"),
        ):
            total = totals.setdefault(key, {})
            for entry, amount in amounts.items():
                total[entry] = total.get(entry, 0.0) + amount
    return [
        dict(zip(MONEY_COLUMNS, (*key, entry, amount, 0.9 * amount, 1.1 * amount, 20), strict=True))
        for key, total in totals.items()
        for entry, amount in total.items()
    ]


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


def records_of(columns: list[str], lines: list[str]) -> list[dict[str, object]]:
    return [dict(zip(columns, cells, strict=True)) for cells in csv.reader(lines)]


def write_fake_tables(folder: Path) -> None:
    """All tables that a report can do without."""
    write_table(folder / "causes.csv", CAUSE_COLUMNS, cause_records())
    write_table(folder / "spending.csv", SPENDING_COLUMNS, spending_records())
    write_table(folder / "money.csv", MONEY_COLUMNS, money_records())
    write_table(folder / "parameters.csv", PARAMETER_COLUMNS, parameter_records())
    for name, (columns, lines) in LISTED.items():
        write_table(folder / f"{name}.csv", columns, records_of(columns, lines))


LISTED = {
    "agencies": (AGENCY_COLUMNS, AGENCIES),
    "variance": (VARIANCE_COLUMNS, VARIANCE),
    "influence": (INFLUENCE_COLUMNS, INFLUENCE),
    "mandates": (MANDATE_COLUMNS, MANDATES),
    "baselines": (BASELINE_COLUMNS, BASELINES),
}
OPTIONAL_TABLES = ("causes.csv", "spending.csv", "money.csv", "parameters.csv", *(f"{name}.csv" for name in LISTED))
