"""Why a target fails: something is said of every kind of target, and it is what the tables hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from fake_run import target_row

from sim.measure.lacks import LACKS
from sim.report.lacking import SEVERAL_LACKS
from sim.report.missing_systems import lack_text
from sim.report.plan_ends import inert_opening, is_meant_for
from sim.report.run_tables import RunTables
from sim.report.unserved import unserved_passage
from sim.report.why import why_here_text, why_text
from sim.results.lacking_tables import needed
from sim.results.money_tables import MilestoneRow, ProjectRow
from sim.results.plan_tables import InertRow, UnservedRow
from sim.results.run_tables import AgencyRow, ParameterRow, TargetRow
from sim.results.words import LANGUAGES, Lang

SAID: dict[str, dict[Lang, str]] = {
    "exchange_electronic_share": {
        "vi": "nguyên nhân các lượt gửi không điện tử năm 2020 là nơi nhận chưa liên thông",
        "en": "why deliveries were not electronic in 2020: recipient cannot be reached",
    },
    "submission_electronic_share": {
        "vi": "nơi nhận chỉ có Văn phòng UBND tỉnh",
        "en": "the Office alone receives these",
    },
    "internal_electronic_share": {
        "vi": "tháng 12/2020, trong số các cơ quan có ",
        "en": "in Dec 2020, of the agencies ",
    },
    "eoffice_linked_share": {
        "vi": "còn 2 trong 3 cơ quan chưa liên thông văn phòng điện tử (toàn tỉnh, trung vị)",
        "en": "2 of 3 agencies do not exchange documents by e-office yet (whole province, medians)",
    },
    "dossier_on_time_share": {
        "vi": "các bảng kết quả không tách riêng được nguyên nhân",
        "en": "the tables do not single out a cause",
    },
    "business_registration_online_share": {
        "vi": "hồ sơ nộp qua cổng quốc gia do Trung ương vận hành",
        "en": "these are filed on a national portal run by the centre",
    },
    "service_level3_share": {
        "vi": "80,0% dịch vụ chưa đạt mức độ đó",
        "en": "80.0% of the services are not at that level",
    },
    "online_service_agency_share": {
        "vi": "còn 2 trong 3 cơ quan chưa vào hệ thống dịch vụ công trực tuyến (toàn tỉnh, trung vị)",
        "en": "2 of 3 agencies are not on the system of online services yet (whole province, medians)",
    },
    "security_agency_share": {
        "vi": "còn 2 trong 3 cơ quan chưa có thiết bị an toàn thông tin (toàn tỉnh, trung vị)",
        "en": "2 of 3 agencies have no security equipment yet (whole province, medians)",
    },
    "private_network_share": {
        "vi": "còn 2 trong 3 cơ quan chưa vào mạng của tỉnh (toàn tỉnh, trung vị)",
        "en": "2 of 3 agencies are neither on the dedicated network nor joined to it by a VPN (whole province",
    },
    "dedicated_network_share": {
        "vi": "còn 2 trong 3 cơ quan chưa nối mạng chuyên dùng",
        "en": "2 of 3 agencies are still off the dedicated network",
    },
    "key_database_count": {
        "vi": "các bảng kết quả không tách riêng được nguyên nhân",
        "en": "the tables do not single out a cause",
    },
}
"""What is said of a target that nothing but its measure sets apart, at a median of 20 %."""


def asked(tables: RunTables, row: TargetRow, district_id: str | None, language: Lang) -> list[str]:
    return why_text(replace(tables, targets=(row,)), row, district_id, language).splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measure", SAID)
def test_every_kind_of_target_is_told_what_stops_it(tables: RunTables, measure: str, language: Lang) -> None:
    row = target_row(target_id="new", measure=measure, verdict="out of reach", median=0.2, p_reached=0.0)
    head = {"vi": "Khó khăn, vướng mắc: ", "en": "What stops it: "}[language]
    (line,) = [line for line in asked(tables, row, None, language) if line.startswith(head)]
    assert line.startswith(head + SAID[measure][language])


def test_a_district_is_told_year_by_year_then_quarter_by_quarter(tables: RunTables) -> None:
    """The one commune there sends 200 documents a quarter: 0, 10, ... of them electronically."""
    lines = asked(tables, target_row(target_id="a3", verdict="out of reach"), "dist.an_lao", "vi")
    assert lines[2] == (
        "Huyện An Lão: trung vị 20,0% (khoảng 5–95%: 15,0–30,0%), toàn tỉnh 95,3%; tính riêng ở đây thì đạt ở 0 "
        "trong 20 lần mô phỏng."
    )
    assert lines[3].startswith(
        "Đếm trong mô phỏng, bình quân (trên: trung vị) bốn quý đến quý 4/2020: 27,5% trong 800 lượt gửi của 1"
    )
    assert lines[4] == (
        "Trong số lượt gửi vướng nguyên nhân đầu, 100,0% là của Xã An Hòa; cấp huyện, cấp xã chỉ gửi cho xã cùng huyện."
    )
    assert lines[5] == (
        "Lượt gửi điện tử theo năm, bình quân: 2019: 7,5%; 2020: 27,5%; theo quý: quý 1/2020: 20,0%; quý 2/2020: "
        "25,0%; quý 3/2020: 30,0%; quý 4/2020: 35,0%."
    )
    assert lines[6] == (
        "Nguyên nhân chính của phần còn lại theo năm: nơi gửi chưa dùng văn phòng điện tử (2019), nơi nhận chưa liên "
        "thông hoặc chưa nhận được bản điện tử (2020)."
    )
    between = tuple(replace(row, level_median=1.5, connected_share=0.3) for row in tables.agencies_by_quarter)
    unsure = replace(tables, agencies_by_quarter=between)
    text = "\n".join(asked(unsure, target_row(target_id="a3", verdict="out of reach"), "dist.an_lao", "vi"))
    assert "mức 1,5 (giữa “đã cài đặt nhưng không dùng” và “văn thư vào sổ, gửi và nhận”)" in text
    assert "chưa chắc liên thông (6/20 lần, sớm nhất quý 1/2019) – 28%: An Hòa" in text
    early = target_row(target_id="a3", verdict="out of reach", due="2019-12-31")
    before = "\n".join(asked(tables, early, "dist.an_lao", "vi"))
    assert "2019: 7,5%; theo quý" in before
    assert "2020" not in before, "what comes after the due date does not stop the target"


def test_linking_is_told_by_links_and_nothing_of_what_is_sent(tables: RunTables) -> None:
    row = target_row(target_id="a4", measure="eoffice_linked_share", verdict="out of reach", median=0.5, p_reached=0.2)
    text = "\n".join(asked(tables, row, "dist.an_lao", "vi"))
    assert (
        "Số cơ quan liên thông (bình quân, trong 1) cuối năm: 2019: 0,2; 2020: 0,6; cuối quý: quý 1/2020: 0,6" in text
    )
    assert "  03/2020 (quý 1/2019 – sau kỳ mô phỏng; 12/20 lần trong kỳ): An Hòa" in text
    for other in ("nơi nhận", "gửi điện tử", "Quá tải", "quá tải"):
        assert other not in text


def test_a_district_without_years_of_its_own_is_told_those_of_the_province(tables: RunTables) -> None:
    row = target_row(target_id="a4", measure="dedicated_network_share", verdict="out of reach", p_reached=0.2)
    text = "\n".join(asked(tables, row, "dist.an_lao", "vi"))
    assert "Toàn tỉnh theo năm (trung vị): 2019 " in text
    assert "không có số từng năm của riêng huyện" in text


def test_districts_stand_with_a_letter_for_their_main_cause(tables: RunTables) -> None:
    lines = asked(tables, target_row(target_id="a3", verdict="out of reach"), None, "en")
    head = next(line for line in lines if line.startswith("By place"))
    assert head == (
        "By place (districts; agencies of the province), median (5–95% range); main cause, shares of mean numbers: A "
        "recipient cannot be reached electronically:"
    )
    assert "  An Lão district: 20.0% (15.0–30.0%); A 96.6%" in lines


def test_at_few_simulations_a_range_is_not_called_the_extremes(tables: RunTables) -> None:
    few = replace(tables, agencies=tuple(replace(row, n=4) for row in tables.agencies))
    lines = asked(few, target_row(target_id="a3", verdict="out of reach"), None, "vi")
    assert lines[2].startswith("Mới có 4 lần mô phỏng")
    assert "gần với số nhỏ nhất, lớn nhất" in lines[2]


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
    assert "đến hạn đã bàn giao 500 trong 1.200 triệu đồng (trung vị); không đạt ở 90 trong 100 lần" in whole[3]
    assert whole[3].index("kinh phí không được bố trí (77,8% số lần đó)") < whole[3].index("chậm (")
    assert not any(line.startswith("Theo năm") for line in whole)


def test_a_target_that_is_always_reached_has_nothing_in_its_way(tables: RunTables) -> None:
    row = target_row(target_id="new", measure="service_level4_share", verdict="reachable", p_reached=1.0)
    assert "Lần nào cũng đạt: không có gì cản trở." in asked(tables, row, None, "vi")
    assert not any("vướng mắc" in line for line in asked(tables, row, None, "vi"))


def lacking(agency: AgencyRow, kind: str, named: str, reason: str = "not_arrived") -> UnservedRow:
    place = {
        name: getattr(agency, name)
        for name in ("agency_id", "tier", "name_vi", "name_en", "district_id", "district_vi", "district_en")
    }
    return UnservedRow(**place, kind=kind, kind_vi=named, kind_en=named, unserved_share=1.0, reason=reason, n=20)


def bought(name: str, moves: str, share: float = 0.25) -> ParameterRow:
    title = f"Mục {name}: tỷ lệ kinh phí cho {name.rpartition('.')[2]}"
    return ParameterRow(f"purchases.{name}.share", "1", 0.0, share, 1.0, "fixed", "plan", "x", title, title, moves)


@pytest.fixture(scope="module")
def commune(tables: RunTables) -> AgencyRow:
    return next(one for one in tables.agencies if one.tier == "commune" and one.district_id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_lacks_it_is_counted_one_way_and_the_late_ones_are_told_why(tables: RunTables, language: Lang) -> None:
    """Whether the target counts links or what is sent over them: the same agencies, means, and the same words."""
    on_the_day, late = {
        "vi": (
            "Đến 31/12/2020, 0,4/1 cơ quan ở đây chưa liên thông văn phòng điện tử (bình quân): chưa có văn phòng điện "
            "tử – 75,0% vì đợt mua phải lùi sang năm sau; văn phòng điện tử chưa liên thông – 25,0% vì kinh phí đã có "
            "nhưng còn đang triển khai hoặc chờ đội triển khai; nơi khác: 0,0/2.\n"
            "Các năm trước: cuối từng năm, số cơ quan chưa liên thông văn phòng điện tử (bình quân, trong 1) và lý do "
            "chính: 2019: 0,8 – 62,5% vì kế hoạch chỉ bố trí kinh phí muộn hơn thời điểm đó."
        ),
        "en": (
            "By 31 Dec 2020 0.4 of 1 agencies here (mean) do not exchange documents by e-office yet: no e-office – "
            "75.0% because the order slipped to the next year; e-office not interconnected – 25.0% because the money "
            "is there but work is under way or waits for a team; elsewhere: 0.0 of 2.\n"
            "Before that: at the end of each year, how many of 1 agencies do not exchange documents by e-office yet "
            "(mean), and the main reason: 2019: 0.8 – 62.5% because the plan grants the money only afterwards."
        ),
    }[language].split("\n")
    for target_id, measure in (("a3", "exchange_electronic_share"), ("a4", "eoffice_linked_share")):
        row = target_row(target_id=target_id, measure=measure, verdict="out of reach", median=0.5, p_reached=0.0)
        lines = asked(tables, row, "dist.an_lao", language)
        assert lines[lines.index(on_the_day) + 1] == late
        assert not [line for line in lines if "quá nửa" in line or "more than half" in line]
    years = {
        "vi": "62,5% vì kế hoạch chỉ bố trí kinh phí muộn hơn thời điểm đó; 2020: 8/20 lần – 75,0% vì đợt mua",
        "en": "62.5% because the plan grants the money only afterwards; 2020: 8 of 20 – 75.0% because the order",
    }
    assert years[language] in why_here_text(replace(tables, targets=(row,)), row, "commune.an_hoa", language)
    whole = "\n".join(asked(tables, row, None, language))
    assert late.replace("trong 1)", "trong 3)").replace("of 1 agencies", "of 3 agencies") in whole
    fewer = tuple(one for one in tables.lacking if one.as_of.year == 2019 or one.lacks == "link")
    come = "\n".join(asked(replace(tables, lacking=fewer), row, "dist.an_lao", language))
    assert {"vi": "Đến muộn: cuối từng năm", "en": "Late: at the end of each"}[language] in come
    none = asked(tables, row, "province", "vi")
    assert (
        "Đến 31/12/2020, không cơ quan nào trong 2 cơ quan ở đây chưa liên thông văn phòng điện tử; nơi khác: 0,4/1."
    ) in none
    early = replace(row, due=date(2019, 12, 31))
    assert "0,8/1 cơ quan ở đây chưa liên thông" in "\n".join(asked(tables, early, "dist.an_lao", "vi"))


def test_one_thing_that_is_lacking_is_named_once(tables: RunTables) -> None:
    lacks = tuple(
        replace(one, measure="online_service_agency_share", lacks="online")
        for one in tables.lacking
        if one.as_of.year == 2020
    )
    row = target_row(target_id="new", measure="dossier_online_share", verdict="out of reach")
    (line,) = [line for line in asked(replace(tables, lacking=lacks), row, "dist.an_lao", "vi") if "Đến 31" in line]
    assert line == (
        "Đến 31/12/2020, 0,4/1 cơ quan ở đây chưa vào hệ thống dịch vụ công trực tuyến (bình quân): 75,0% vì đợt mua "
        "phải lùi sang năm sau, 25,0% vì kinh phí đã có nhưng còn đang triển khai hoặc chờ đội triển khai; nơi khác: "
        "0,0/2."
    )


def test_whatever_agencies_lack_has_words() -> None:
    assert all(lack_text(measure, language) for measure in LACKS for language in LANGUAGES)
    several = {needed(measure) for measure, things in LACKS.items() if len(things) > 1}
    assert several == set(SEVERAL_LACKS)


def test_money_is_that_of_lines_that_buy_it_for_the_target_s_tier(tables: RunTables, commune: AgencyRow) -> None:
    department = next(one for one in tables.agencies if one.tier == "department")
    counters = "onestop_agency_share;online_service_agency_share"
    with_money = replace(
        tables,
        parameters=(
            bought("I.1.onestop_commune_software", counters),
            bought("II.3.online_system", "online_service_agency_share", 0.5),
        ),
        unserved=(
            lacking(department, "onestop_commune_software", "một cửa", "no_line"),
            lacking(commune, "online_system", "tài khoản", "no_line"),
        ),
    )
    row = target_row(measure="online_service_agency_share", verdict="out of reach", median=0.2, p_reached=0.0)

    def lines_of(scope: str) -> list[str]:
        said = "\n".join(asked(with_money, replace(row, scope=scope), None, "vi"))
        return re.findall(r"mục ([IV]+\.\d)", said)

    assert lines_of("tier:department") == ["II.3"]
    assert lines_of("tier:commune") == ["I.1"]
    assert lines_of("all") == ["I.1", "II.3"]
    text = "\n".join(asked(with_money, replace(row, scope="tier:department"), None, "vi"))
    assert "(trong đó khoảng 50% cho online_system; các số sau là của cả mục): kế hoạch" in text


def test_communes_that_wait_for_their_district_are_not_forgotten(tables: RunTables, commune: AgencyRow) -> None:
    committee = replace(commune, agency_id="dist.an_lao", tier="district", name_vi="UBND huyện An Lão")
    waits = replace(
        tables,
        agencies=(*tables.agencies, committee),
        unserved=(replace(lacking(committee, "onestop_commune_software", "phần mềm cấp xã"), unserved_share=0.55),),
        parameters=(bought("II.2a.onestop_commune_software", "online_service_agency_share"),),
    )
    row = target_row(target_id="new", measure="online_service_agency_share", scope="all", verdict="out of reach")
    text = "\n".join(asked(waits, row, commune.district_id, "vi"))
    assert "UBND huyện An Lão cuối kỳ chưa có ở 55,0% số lần mô phỏng – kinh phí không được bố trí đủ" in text


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
    bare = UnservedRow(*place, "sector_database", "cơ sở dữ liệu", "databases", 1.0, "no_line", 20)
    seldom = replace(bare, agency_id="dist.y", name_en="Y district", unserved_share=0.3)
    rows = replace(
        tables, projects=project("1-IV", {"under_way": 20}, "p"), unserved=(bare, seldom, replace(bare, kind="website"))
    )
    row = target_row(target_id="p", measure="sector_database_share", verdict="out of reach", p_reached=0.0)
    text = "\n".join(asked(rows, row, None, "en"))
    assert "1 of the 1 projects that build these are not finished when due: 1: contracted, not yet delivered" in text
    assert "1 departments and districts lack one, no line buys it for these: Z district" in text
    assert "Y district" not in text


def test_one_agency_left_out_is_named_and_not_counted(tables: RunTables) -> None:
    place = ("dist.z", "district", "Huyện Z", "Z district", "dist.z", "Huyện Z", "Z district")
    one = UnservedRow(*place, "wan", "kết nối mạng", "a link", 1.0, "not_arrived", 20)
    passage = unserved_passage(replace(tables, unserved=(one,)), "vi")
    assert passage is not None
    assert passage.points[0].startswith(f"{one.name_vi} chưa có kết nối mạng – ")


def test_nobody_but_departments_and_districts_is_missing_a_website() -> None:
    place = ("comm.z", "commune", "Xã Z", "Z commune", "dist.z", "Huyện Z", "Z district")
    commune = UnservedRow(*place, "website", "trang thông tin", "websites", 1.0, "no_line", 20)
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
