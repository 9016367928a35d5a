"""Why a target fails: something is said of every kind of target, and it is what the tables hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fake_run import target_row

from sim.report.plan_ends import inert_opening, is_meant_for
from sim.report.run_tables import RunTables, read_run_tables
from sim.report.why import why_text
from sim.results.money_tables import MilestoneRow, ProjectRow
from sim.results.plan_tables import InertRow, UnservedRow
from sim.results.run_tables import TargetRow
from sim.results.words import LANGUAGES, Lang

HEAD = 2
"""Lines that say only what is asked and how it stands."""
MEASURES = (
    "exchange_electronic_share",
    "submission_electronic_share",
    "internal_electronic_share",
    "eoffice_linked_share",
    "dossier_online_share",
    "dossier_on_time_share",
    "business_registration_online_share",
    "service_level3_share",
    "online_service_agency_share",
    "dedicated_network_share",
    "key_database_count",
)


@pytest.fixture(scope="module")
def tables(run_folder: Path) -> RunTables:
    return read_run_tables(run_folder)


def asked(tables: RunTables, row: TargetRow, district_id: str | None, language: Lang) -> list[str]:
    return why_text(replace(tables, targets=(row,)), row, district_id, language).splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_here", [False, True])
@pytest.mark.parametrize("measure", MEASURES)
def test_something_is_said_of_every_kind_of_target(
    tables: RunTables, measure: str, is_here: bool, language: Lang
) -> None:
    row = target_row(target_id="new", measure=measure, verdict="out of reach", median=0.2, p_reached=0.0)
    district = next(one.district_id for one in tables.agencies if one.district_id)
    lines = asked(tables, row, district if is_here else None, language)
    assert len(lines) > HEAD + 1
    assert all(line.strip() for line in lines)


def milestone(state: str, median: float, largest_in: int | None) -> MilestoneRow:
    return MilestoneRow("c1", state, 1200.0, median, 0.0, 1200.0, largest_in, 90, 100)


def test_a_milestone_says_what_became_of_its_money_also_where_a_district_is_asked(tables: RunTables) -> None:
    row = target_row(
        target_id="c1", measure="milestone(c1)", verdict="out of reach (money alone, 100 draws)", p_reached=0.1, n=100
    )
    rows = (milestone("delivered", 500.0, None), milestone("not_arrived", 600.0, 70), milestone("late", 100.0, 20))
    with_money = replace(tables, milestones=rows)
    district = next(one.district_id for one in tables.agencies if one.district_id)
    whole, here = (asked(with_money, row, where, "vi") for where in (None, district))
    assert whole == here
    assert whole[2] == "Mốc này tính từ kinh phí của cả tỉnh, không chia theo huyện."
    assert "kế hoạch 1.200,0 triệu đồng, đến hạn đã bàn giao 500,0 triệu đồng" in whole[3]
    assert whole[3].index("kinh phí không được bố trí: 600 triệu đồng") < whole[3].index("chậm: ")
    assert "vướng mắc lớn nhất ở 70 trong 90 lần không đạt" in whole[3]
    assert not any(line.startswith("Theo năm") for line in whole)


def test_a_target_that_is_always_reached_has_nothing_in_its_way(tables: RunTables) -> None:
    row = target_row(target_id="new", measure="service_level4_share", verdict="reachable", p_reached=1.0)
    assert "Lần nào cũng đạt: không có gì cản trở." in asked(tables, row, None, "vi")
    assert not any("vướng mắc" in line for line in asked(tables, row, None, "vi"))


def test_only_what_moves_a_target_is_said_to_lack(tables: RunTables) -> None:
    agency = next(one for one in tables.agencies if one.tier == "commune" and one.district_id)

    def lacking(kind: str, named: str) -> UnservedRow:
        place = {
            name: getattr(agency, name)
            for name in ("agency_id", "tier", "name_vi", "name_en", "district_id", "district_vi", "district_en")
        }
        return UnservedRow(
            **place, kind=kind, kind_vi=named, kind_en=named, unserved_share=1.0, reason="no_money", n=20
        )

    kinds = (("online_system", "tài khoản"), ("security_kit", "thiết bị an toàn"), ("dedicated_link", "mạng riêng"))
    lacks = replace(tables, unserved=tuple(lacking(*one) for one in kinds))
    row = target_row(target_id="new", measure="online_service_agency_share", scope="all", verdict="out of reach")
    text = "\n".join(asked(lacks, row, agency.district_id, "vi"))
    assert "Chưa có tài khoản: 1/" in text
    assert "thiết bị an toàn" not in text
    assert "mạng riêng" not in text
    departments = replace(row, scope="tier:department")
    assert "Chưa có" not in "\n".join(asked(lacks, departments, agency.district_id, "vi"))


def project(line: str, states: dict[str, int], target_id: str = "p") -> tuple[ProjectRow, ...]:
    n = sum(states.values())
    return tuple(ProjectRow(target_id, line, "dự án", "project", state, times, n) for state, times in states.items())


PROJECT_ROWS = (
    *project("1-I", {"delivered": 11, "not_contracted": 9}),
    *project("1-II", {"planned_later": 20}),
    *project("1-III", {"planned_later": 20}),
    *project("1-IV", {"delivered": 3, "not_contracted": 10, "under_way": 7}),
)


def test_a_count_of_projects_names_those_that_are_not_finished_by_what_keeps_them(tables: RunTables) -> None:
    row = target_row(target_id="p", measure="project_finished_count(p)", verdict="out of reach", p_reached=0.0)
    text = "\n".join(asked(replace(tables, projects=PROJECT_ROWS), row, None, "en"))
    assert "in more than half of 20 simulations 3 of the 4 projects are not finished when due" in text
    assert "2: the plan itself grants part of the money in later years (1-II, 1-III)" in text
    assert "waits for the rest of the price (1-IV)" in text
    assert "1-I)" not in text.replace("1-III)", ""), "finished more often than not"
    vi = "\n".join(asked(replace(tables, projects=PROJECT_ROWS), row, None, "vi"))
    assert "2 vì kế hoạch bố trí một phần kinh phí sau năm đến hạn (1-II, 1-III)" in vi


def test_what_projects_build_is_missing_where_no_line_buys_it(tables: RunTables) -> None:
    place = ("dist.z", "district", "Huyện Z", "Z district", "dist.z", "Huyện Z", "Z district")
    bare = UnservedRow(*place, "sector_database", "cơ sở dữ liệu", "databases", 1.0, "not_in_tiers", 20)
    seldom = replace(bare, agency_id="dist.y", name_en="Y district", unserved_share=0.3)
    rows = replace(
        tables, projects=project("1-IV", {"under_way": 20}, "p"), unserved=(bare, seldom, replace(bare, kind="website"))
    )
    row = target_row(target_id="p", measure="sector_database_share", verdict="out of reach", p_reached=0.0)
    text = "\n".join(asked(rows, row, None, "en"))
    assert "1 of the 1 projects that build these are not finished when due: 1: contracted, not yet delivered" in text
    assert "1 departments and districts lack one, no line buys it for this tier by itself: Z district" in text
    assert "Y district" not in text


def test_nobody_but_departments_and_districts_is_missing_a_website() -> None:
    place = ("comm.z", "commune", "Xã Z", "Z commune", "dist.z", "Huyện Z", "Z district")
    commune = UnservedRow(*place, "website", "trang thông tin", "websites", 1.0, "not_in_tiers", 20)
    assert not is_meant_for(commune)
    assert is_meant_for(replace(commune, tier="district"))


def test_money_without_effect_is_said_to_count_for_projects_where_projects_are_counted(tables: RunTables) -> None:
    inert = InertRow("I.1", "other", "khác", "other", 100.0, "lý do", "reason")
    of_projects = target_row(target_id="p", measure="project_finished_count(p)")
    ends = "but milestones of money"
    plain = inert_opening(replace(tables, inert=(inert,)), "en")
    counted = inert_opening(replace(tables, inert=(inert,), targets=(*tables.targets, of_projects)), "en")
    assert plain.endswith(ends)
    assert counted.endswith(f"{ends} and the number of finished projects")
