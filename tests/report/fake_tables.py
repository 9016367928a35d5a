"""The tables of the made-up run besides targets and months: causes, money, parameters, agencies, orders, starts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from sim.results.agency_tables import AGENCIES_BY_QUARTER, STOPPED_BY, TARGETS_BY_DISTRICT
from sim.results.evidence_tables import BASELINES, INFLUENCE, VARIANCE
from sim.results.lacking_tables import LACKING
from sim.results.money_tables import MONEY, SPENDING
from sim.results.plan_tables import UNSERVED
from sim.results.run_folder import RUN_TABLES
from sim.results.run_tables import AGENCIES, CAUSES, MANDATES, PARAMETERS, REPLICATIONS, SERIES, TARGETS
from sim.results.table import Table

Row = TypeVar("Row")

CAUSE_AMOUNTS = {
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


def row_of(table: Table[Row], record: Mapping[str, object]) -> Row:
    """A row of a declared table from a record that has each of its columns, and no other."""
    assert set(record) == {column.name for column in table.columns}
    return table.row(**{column.name: column.parsed(str(record[column.name])) for column in table.columns})


def write_table(folder: Path, table: Table[Row], records: Iterable[Mapping[str, object]]) -> None:
    table.write(folder, [row_of(table, record) for record in records])


def write_grouped(folder: Path, table: Table[Row], group: str, records: Iterable[Mapping[str, object]]) -> None:
    """Write a table whose row keeps some of its columns together."""
    grouped = {column.name for column in table.columns if column.group == group}
    rows = []
    for record in records:
        values = {column.name: column.parsed(str(record[column.name])) for column in table.columns}
        single = {name: value for name, value in values.items() if name not in grouped}
        rows.append(table.row(**single, **{group: {name: values[name] for name in grouped}}))
    table.write(folder, rows)


def cause_records() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for year, factor in ((2016, 2.1), (2018, 1.4), (2020, 1.0)):
        for group, (unit, causes) in CAUSE_AMOUNTS.items():
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
        dict(zip(columns_of(MONEY), (*key, entry, amount, 0.9 * amount, 1.1 * amount, 20), strict=True))
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
    titled = [(*row, f"tên của {row[0]}", f"name of {row[0]}", "") for row in cells]
    return [dict(zip(columns_of(PARAMETERS), row, strict=True)) for row in titled]


AGENCY_LINES = [
    "office,office,Văn phòng UBND tỉnh,Provincial Office,,,,4,0.97,0.85,0.57,20",
    "dept.tttt,department,Sở Thông tin và Truyền thông,Department of Information,,,,4,0.96,0.79,0.21,20",
    "commune.an_hoa,commune,Xã An Hòa,An Hòa commune,dist.an_lao,Huyện An Lão,An Lão district,0,,0.1,0.4,20",
]
UNSERVED_LINES = [
    (
        "commune.an_hoa,commune,Xã An Hòa,An Hòa commune,dist.an_lao,Huyện An Lão,An Lão district,eoffice_installation,"
        "văn phòng điện tử,e-office,0.45,not_arrived,20"
    )
]
_AN_HOA = "commune.an_hoa,commune,Xã An Hòa,An Hòa commune,dist.an_lao,Huyện An Lão,An Lão district"
LACKING_LINES = [
    f"{_AN_HOA},eoffice_linked_share,2019-12-31,eoffice,planned_later,0.5,20",
    f"{_AN_HOA},eoffice_linked_share,2019-12-31,eoffice,not_arrived,0.3,20",
    f"{_AN_HOA},eoffice_linked_share,2020-12-31,eoffice,slipped,0.3,20",
    f"{_AN_HOA},eoffice_linked_share,2020-12-31,link,under_way,0.1,20",
]
TARGETS_BY_DISTRICT_LINES = [
    (
        "a3,Văn bản điện tử,Electronic documents,exchange_electronic_share,dist.an_lao,Huyện An Lão,An Lão district,"
        "2020-12-31,12,0.95,0.2,0.15,0.3,0,0.953,20"
    ),
    (
        "a4,Liên thông,Interconnected,eoffice_linked_share,dist.an_lao,Huyện An Lão,An Lão district,"
        "2020-12-31,,1,0.5,0,1,0.2,0.98,20"
    ),
]
VARIANCE_LINES = [
    "a3,plan,exchange_electronic_share,0.83,0.17,0.08,0.36,10",
    "a3,true,exchange_electronic_share,0.81,0.19,0.09,0.41,10",
    "a2,plan,submission_electronic_share,0.79,0.21,0.1,0.44,10",
    "a4,plan,eoffice_linked_share,,,,,10",
]
INFLUENCE_LINES = [
    "a3,adoption.imitation_per_year,0.71,1,20",
    "a3,registry.register_minutes,-0.31,0,20",
    "a2,leader.paper_threshold,-0.66,1,20",
    "a2,adoption.imitation_per_year,0.42,0,20",
    "a4,documents.pages_mean,0.12,0,20",
]
MANDATE_LINES = [
    "directive_15,Chỉ thị 15/CT-TTg,Directive 15,2012-05-22,,office;department",
    "plan_900,Quyết định 900/QĐ-UBND,Decision 900,2017-03-17,,office;commune",
    "criterion,Tiêu chí thi đua,Emulation criterion,2017-09-01,2018-01-01,office",
    "resolution_17,Nghị quyết 17/NQ-CP,Resolution 17,2019-03-07,2019-03-07,office",
    "axis,Trục liên thông văn bản quốc gia,National document axis,2019-03-12,,outside",
    "later,Sau giai đoạn,After the horizon,2021-06-01,,office",
]
BASELINE_LINES = [
    (
        "b12,exchange_electronic_share,all,0.55,0.5,0.6,0.162,0.12,0.2,0,impossible,"
        "chưa xã nào dùng văn phòng điện tử,no commune is on e-office,QĐ 900 A.I.2,20"
    ),
    "b6,wan_connected_share,all,0.06,0.05,0.07,0.06,0.06,0.06,0.9,fitted,,,QĐ 900 A.I.1,20",
    "b18,trained_share,tiers:province+district,0.7,0.65,0.75,,,,,not fitted,,,QĐ 900 A.I.3,0",
]


def agency_quarter_records() -> list[dict[str, object]]:
    """The three agencies over the eight quarters of 2019 and 2020; the commune is linked late and sends on paper."""
    rows: list[dict[str, object]] = []
    for agency in records_of(AGENCIES, AGENCY_LINES):
        place = {name: agency[name] for name in list(agency)[:7]}
        late = agency["tier"] == "commune"
        for year, quarter in [(year, quarter) for year in (2019, 2020) for quarter in (1, 2, 3, 4)]:
            number = 4 * (year - 2019) + quarter
            sent, electronic = 200.0, (10.0 * (number - 1) if late else 180.0 + number)
            stopped = dict.fromkeys(STOPPED_BY, 0.0)
            stopped["sender_no_eoffice" if late and number < 5 else "recipient_unreachable"] = sent - electronic - 5.0
            stopped["secret"] = 5.0
            share = electronic / sent
            rows.append(
                place
                | {"year": year, "quarter": quarter, "level_median": number // 3 if late else 4, "n": 20}
                | {"level_p05": 0 if late else 3, "level_p95": 4, "deliveries_mean": sent}
                | {"electronic_mean": electronic, "share_median": share, "share_p05": 0.9 * share, "share_p95": share}
                | {"cause": max(STOPPED_BY, key=stopped.__getitem__)}
                | {"cause_share": max(stopped.values()) / sum(stopped.values())}
                | stopped
                | {"connected_from": "2020-03-31" if late else "2015-12-31"}
                | {"connected_share": (0.6 if number >= 5 else 0.2) if late else 1}
            )
    return rows


def columns_of(table: Table[Any]) -> list[str]:
    return [column.name for column in table.columns]


def records_of(table: Table[Any], lines: Iterable[str]) -> list[dict[str, object]]:
    """Rows as dictionaries; a column that may be absent from a file, at the end, may be left out."""
    columns = columns_of(table)
    return [
        dict(zip(columns, [*cells, *[""] * (len(columns) - len(cells))], strict=True)) for cells in csv.reader(lines)
    ]


def write_fake_tables(folder: Path) -> None:
    """All tables of a run besides its targets and series; those of dossiers, milestones and loads are empty."""
    write_table(folder, CAUSES, cause_records())
    write_table(folder, SPENDING, spending_records())
    write_table(folder, MONEY, money_records())
    write_table(folder, PARAMETERS, parameter_records())
    write_grouped(folder, AGENCIES_BY_QUARTER, "by_cause", agency_quarter_records())
    for table, lines in LISTED:
        write_table(folder, table, records_of(table, lines))
    for table in OTHER_TABLES:
        if not (folder / table.file).exists():
            table.write(folder, ())


LISTED: tuple[tuple[Table[Any], list[str]], ...] = (
    (AGENCIES, AGENCY_LINES),
    (UNSERVED, UNSERVED_LINES),
    (LACKING, LACKING_LINES),
    (TARGETS_BY_DISTRICT, TARGETS_BY_DISTRICT_LINES),
    (VARIANCE, VARIANCE_LINES),
    (INFLUENCE, INFLUENCE_LINES),
    (MANDATES, MANDATE_LINES),
    (BASELINES, BASELINE_LINES),
)
OTHER_TABLES = tuple(table for table in RUN_TABLES if table not in (TARGETS, SERIES, REPLICATIONS))
"""What a report reads besides targets and series."""
