"""The Bình Định tables agree with what the province, the Statistics Office and the plan publish."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from sim.engine.calendars import WORKING, day_kinds

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
TABLES = SCENARIOS / "tables" / "binh_dinh"

# Communes per district (General Statistics Office list, before and after 1/6/2020 alike).
COMMUNES_PER_DISTRICT = {
    "dist.quy_nhon": 21,
    "dist.an_nhon": 15,
    "dist.hoai_nhon": 17,
    "dist.an_lao": 10,
    "dist.hoai_an": 15,
    "dist.phu_my": 19,
    "dist.phu_cat": 18,
    "dist.tuy_phuoc": 13,
    "dist.tay_son": 15,
    "dist.van_canh": 7,
    "dist.vinh_thanh": 9,
}
INTEGER_COLUMNS = ("staff", "leaders", "rooms", "it_staff", "lan", "eoffice_installed", "eoffice_linked", "mailboxes")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


@pytest.fixture(scope="module")
def agencies() -> list[dict[str, str]]:
    return read(TABLES / "agencies.csv")


def of_tier(agencies: list[dict[str, str]], *tiers: str) -> list[dict[str, str]]:
    return [row for row in agencies if row["tier"] in tiers]


def test_header_is_the_agreed_one() -> None:
    header = (TABLES / "agencies.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == (
        "agency_id,tier,parent_id,name_vi,name_en,population,staff,leaders,clerk_posts,rooms,it_staff,"
        "route,lan,eoffice_installed,eoffice_linked,mailboxes,basis,source"
    )


def test_counts_by_tier(agencies: list[dict[str, str]]) -> None:
    assert Counter(row["tier"] for row in agencies) == {
        "office": 1,
        "department": 20,
        "district": 11,
        "commune": 159,
        "outside": 3,
    }


def test_communes_per_district(agencies: list[dict[str, str]]) -> None:
    assert Counter(row["parent_id"] for row in of_tier(agencies, "commune")) == COMMUNES_PER_DISTRICT
    assert {row["agency_id"] for row in of_tier(agencies, "district")} == set(COMMUNES_PER_DISTRICT)


def test_wards_townships_and_communes_as_before_2020(agencies: list[dict[str, str]]) -> None:
    kinds = Counter(row["name_vi"].removeprefix("UBND ").split()[0] for row in of_tier(agencies, "commune"))
    assert kinds == {"phường": 21, "thị": 12, "xã": 126}


def test_ids_are_unique_ascii_and_name_their_district(agencies: list[dict[str, str]]) -> None:
    ids = [row["agency_id"] for row in agencies]
    assert [agency_id for agency_id, count in Counter(ids).items() if count > 1] == []
    assert [agency_id for agency_id in ids if not agency_id.isascii() or agency_id != agency_id.lower()] == []
    for row in of_tier(agencies, "commune"):
        assert row["agency_id"].split(".")[1] == row["parent_id"].removeprefix("dist.")


def test_names_are_nfc_and_unique_within_parent(agencies: list[dict[str, str]]) -> None:
    seen: dict[str, list[str]] = defaultdict(list)
    for row in agencies:
        for column in ("name_vi", "name_en"):
            assert row[column] == unicodedata.normalize("NFC", row[column]).strip()
            seen[f"{column} {row['tier']} {row['parent_id']}"].append(folded(row[column]))
    assert {place: names for place, names in seen.items() if len(set(names)) < len(names)} == {}


def test_parents_exist_and_only_communes_have_one(agencies: list[dict[str, str]]) -> None:
    districts = {row["agency_id"] for row in of_tier(agencies, "district")}
    for row in agencies:
        assert (row["parent_id"] in districts) is (row["tier"] == "commune")
        assert row["tier"] == "commune" or row["parent_id"] == ""


def test_every_row_is_readable_and_says_where_it_is_from(agencies: list[dict[str, str]]) -> None:
    for row in agencies:
        assert min(int(row[column]) for column in INTEGER_COLUMNS) >= 0
        assert row["basis"] in {"plan", "reported", "derived", "assumed"}
        assert row["source"]
        assert row["route"] in {"none", "adsl", "ftth", "dedicated"}
        assert (int(row["rooms"]) == 12) is (row["tier"] == "district")
        if row["tier"] != "outside":
            assert 0 < float(row["clerk_posts"]) < int(row["staff"])
            assert 3 <= int(row["leaders"]) < int(row["staff"])


def test_mean_sizes_are_the_stated_ones(agencies: list[dict[str, str]]) -> None:
    for tier, staff in (("department", 55), ("district", 95), ("commune", 21)):
        rows = of_tier(agencies, tier)
        assert sum(int(row["staff"]) for row in rows) == staff * len(rows)
    departments = of_tier(agencies, "department")
    assert sum(float(row["clerk_posts"]) for row in departments) == 1.5 * len(departments)


def test_start_is_what_the_plan_reports(agencies: list[dict[str, str]]) -> None:
    province_and_district = of_tier(agencies, "office", "department", "district")
    for row in province_and_district:
        assert (row["lan"], row["eoffice_installed"], row["eoffice_linked"]) == ("1", "1", "1")
        assert int(row["it_staff"]) >= 1
    dedicated = {row["agency_id"] for row in province_and_district if row["route"] == "dedicated"}
    assert dedicated == {"dept.information", "dept.ethnic_affairs", "dept.foreign_affairs"}
    hosted = dedicated - {"dept.information"}
    assert round(100 * len(hosted) / len(province_and_district)) == 6
    mailboxes = sum(int(row["mailboxes"]) for row in province_and_district)
    staff = sum(int(row["staff"]) for row in province_and_district)
    assert mailboxes == round(0.70 * staff)
    for row in of_tier(agencies, "commune"):
        assert (row["eoffice_installed"], row["eoffice_linked"]) == ("0", "0")


def test_district_populations_sum_to_the_census(agencies: list[dict[str, str]]) -> None:
    assert sum(int(row["population"]) for row in of_tier(agencies, "district")) == 1_486_918


@pytest.mark.parametrize(
    ("district", "census_2009"), [("dist.an_lao", 24_200), ("dist.an_nhon", 178_424), ("dist.hoai_an", 84_437)]
)
def test_complete_districts_sum_to_their_census(
    agencies: list[dict[str, str]], district: str, census_2009: int
) -> None:
    communes = [row for row in of_tier(agencies, "commune") if row["parent_id"] == district]
    assert sum(int(row["population"]) for row in communes) == census_2009


def test_known_communes_leave_room_for_the_blank_ones(agencies: list[dict[str, str]]) -> None:
    communes = of_tier(agencies, "commune")
    assert sum(row["population"] == "" for row in communes) == 102
    for district in of_tier(agencies, "district"):
        own = [row["population"] for row in communes if row["parent_id"] == district["agency_id"]]
        if "" in own:
            assert sum(int(population) for population in own if population) < int(district["population"])


def test_every_head_count_and_state_has_a_stated_basis() -> None:
    rows = read(TABLES / "agencies_basis.csv")
    stated = {(row["tier"], row["column"]) for row in rows}
    needed = {
        (tier, column)
        for tier in ("office", "department", "district", "commune")
        for column in (
            "staff",
            "leaders",
            "clerk_posts",
            "it_staff",
            "route",
            "lan",
            "eoffice_installed",
            "eoffice_linked",
            "mailboxes",
        )
    }
    assert needed - stated == set()
    assert len(stated) == len(rows)
    assert {row["basis"] for row in rows} <= {"plan", "reported", "derived", "assumed"}
    assert all(row["source"] for row in rows)


@pytest.fixture(scope="module")
def leaf_sums() -> Counter[tuple[str, str, str]]:
    """Money of the leaf lines by (scope, source, year), a year or `total`, in million VND."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for row in read(TABLES / "budget.csv"):
        for scope in ("TOTAL", row["chapter"]):
            for year in (row["year"], "total"):
                sums[scope, row["source"], year] += int(row["amount_million_vnd"])
    return sums


def test_budget_leaves_add_up_to_every_printed_total(leaf_sums: Counter[tuple[str, str, str]]) -> None:
    printed = {
        (row["scope"], row["source"], row["year"]): int(row["amount_million_vnd"])
        for row in read(TABLES / "budget_totals.csv")
    }
    assert {key: leaf_sums[key] for key in printed} == printed
    assert {key for key in leaf_sums if key not in printed} == set()


def test_budget_is_the_sum_in_words_of_the_decision(leaf_sums: Counter[tuple[str, str, str]]) -> None:
    by_source = {source: leaf_sums["TOTAL", source, "total"] for source in ("TW", "DT", "SN")}
    assert by_source == {"TW": 30_000, "DT": 15_000, "SN": 21_577}
    chapters = ("I", "II", "III", "IV", "V", "VI")
    assert [sum(leaf_sums[chapter, source, "total"] for source in by_source) for chapter in chapters] == [
        42_251,
        20_534,
        1_574,
        1_443,
        175,
        600,
    ]


def test_budget_lines_are_unique_cells_with_money() -> None:
    rows = read(TABLES / "budget.csv")
    cells = [(row["line_id"], row["source"], row["year"]) for row in rows]
    assert len(set(cells)) == len(cells)
    assert min(int(row["amount_million_vnd"]) for row in rows) > 0
    assert {row["line_id"].split(".")[0] == row["chapter"] for row in rows} == {True}
    assert len({row["line_id"] for row in rows}) == 17
    assert len({(row["line_id"], row["title_vi"], row["title_en"]) for row in rows}) == 17


@pytest.fixture(scope="module")
def closed_days() -> set[date]:
    """Days on which offices are shut, 1/12/2012 to 31/12/2026: the package, then the table."""
    package = holidays.country_holidays("VN", years=range(2011, 2028), language="vi")
    first, last = date(2012, 12, 1), date(2026, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    closed = {day for day in days if not package.is_working_day(day)}
    for row in read(SCENARIOS / "calendars" / "vn.csv"):
        day = date.fromisoformat(row["date"])
        assert row["kind"] in {"working", "closed"}
        assert first <= day <= last
        if row["kind"] == "working":
            closed.discard(day)
        else:
            closed.add(day)
    return closed


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2012, 12, 29), date(2013, 1, 1)),
        (date(2013, 2, 9), date(2013, 2, 17)),
        (date(2013, 4, 27), date(2013, 5, 1)),
        (date(2014, 1, 28), date(2014, 2, 5)),
        (date(2014, 4, 30), date(2014, 5, 4)),
        (date(2015, 1, 1), date(2015, 1, 4)),
        (date(2015, 2, 15), date(2015, 2, 23)),
        (date(2016, 2, 6), date(2016, 2, 14)),
        (date(2017, 1, 26), date(2017, 2, 1)),
        (date(2018, 2, 14), date(2018, 2, 20)),
        (date(2019, 2, 2), date(2019, 2, 10)),
        (date(2020, 1, 23), date(2020, 1, 29)),
        (date(2021, 2, 10), date(2021, 2, 16)),
        (date(2018, 12, 29), date(2019, 1, 1)),
        (date(2019, 4, 27), date(2019, 5, 1)),
        (date(2021, 9, 2), date(2021, 9, 5)),
        (date(2024, 4, 27), date(2024, 5, 1)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 1, 1), date(2026, 1, 4)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2026, 8, 29), date(2026, 9, 2)),
    ],
)
def test_announced_closures_are_closed_and_their_edges_open(closed_days: set[date], first: date, last: date) -> None:
    days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    assert days - closed_days == set()
    assert first - timedelta(days=1) not in closed_days
    assert last + timedelta(days=1) not in closed_days


MAKE_UP_DAYS = [
    date(2013, 1, 5),  # Government Office, 23/11/2012
    date(2013, 2, 23),
    date(2013, 5, 4),
    date(2014, 1, 25),  # Prime Minister, December 2013
    date(2014, 2, 8),
    date(2014, 4, 26),
    date(2014, 9, 6),
    date(2014, 12, 27),  # 89/TTr-LĐTBXH of 2014
    date(2015, 2, 14),
    date(2015, 4, 25),
    date(2019, 1, 5),  # 6519/VPCP-KGVX of 2018
    date(2019, 5, 4),
    date(2024, 5, 4),  # 2450/VPCP-KGVX of 2024
    date(2025, 4, 26),  # 6150/TB-LĐTBXH of 2024
    date(2026, 1, 10),  # 12729/VPCP-KGVX of 2025
    date(2026, 8, 22),  # 9441/TB-BNV of 2025
]


def test_only_make_up_days_are_worked_at_weekends(closed_days: set[date]) -> None:
    weekend = {date(2012, 12, 1) + timedelta(days=7 * week + n) for week in range(735) for n in (0, 1)}
    assert sorted(weekend - closed_days) == MAKE_UP_DAYS
    assert {day.weekday() for day in MAKE_UP_DAYS} == {5}


SWAPPED = {2010: 1, 2012: 2, 2013: 1, 2014: 4, 2015: 3, 2018: 1, 2019: 1, 2024: 1, 2025: 1, 2026: 2}
"""Weekdays off against a Saturday worked, by the year of the day off."""


@pytest.mark.parametrize("year", range(2008, 2028))
def test_a_year_has_the_public_holidays_of_the_labour_code(year: int) -> None:
    """Articles 73 (1994), 115 (2012), 112 (2019): each on a weekday or made up on one; 24/11 by 28/2026/QH16."""
    by_law = 9 if year < 2013 else 10 if year < 2021 else 11 if year < 2026 else 12
    rows = read(SCENARIOS / "calendars" / "vn.csv")
    overrides = {date.fromisoformat(row["date"]): row["kind"] == "working" for row in rows}
    first = date(year, 1, 1)
    kinds = day_kinds(first, date(year, 12, 31), overrides)
    off = [day for n, kind in enumerate(kinds) if kind != WORKING and (day := first + timedelta(n)).weekday() < 5]
    assert len(off) == by_law + SWAPPED.get(year, 0), off


def test_the_table_repeats_nothing_the_package_always_knows() -> None:
    for row in read(SCENARIOS / "calendars" / "vn.csv"):
        day = date.fromisoformat(row["date"])
        swapped_over_new_year = row["kind"] == "working" and day.month == 1
        package = holidays.country_holidays("VN", years=[day.year], language="vi")
        assert swapped_over_new_year or package.is_working_day(day) is not (row["kind"] == "working")
        assert row["decree"]
        assert row["basis"] in {"reported", "derived", "assumed"}
