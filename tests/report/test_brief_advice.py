"""What the brief says stands in the way of the targets, and what would help."""

from __future__ import annotations

import re
from dataclasses import replace

from fake_remedies import remedies, remedy
from fake_run import target_row

from sim.report.best_remedies import remedies_text
from sim.report.brief import brief_of
from sim.report.brief_shortening import SHORTENINGS
from sim.report.cause_ranking import leading_causes
from sim.report.headlines import headlines
from sim.report.held_up_words import HELD_UP_REASONS
from sim.report.manifest import Offered, manifest_from
from sim.report.passage import numbers_of, targets_named
from sim.report.reasons import reached_so_far, reason_points
from sim.report.remedies import remedy_lines
from sim.report.run_tables import RunTables
from sim.report.untried import untried_text
from sim.report.words import CAUSES, MILESTONE_STATES
from sim.results.money_tables import MilestoneRow
from sim.results.plan_tables import HeldUpRow
from sim.results.run_tables import CauseRow
from sim.results.words import Words
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import load
from sim.studies.catalogue import options_there_are
from sim.studies.spec import RunSpec


def cause(name: str, share: float, low: float, high: float) -> CauseRow:
    return CauseRow(2020, "not_electronic", name, "deliveries", 100.0, 50.0, 150.0, 20, share, low, high)


def test_causes_that_may_as_well_be_larger_are_not_ranked(tables: RunTables) -> None:
    near = (cause("recipient_unreachable", 0.405, 0.22, 0.69), cause("sender_no_eoffice", 0.387, 0.11, 0.60))
    far = (*near[:1], cause("sender_no_eoffice", 0.15, 0.11, 0.20))
    assert [row.cause for row, _ in leading_causes([(row, row.share_mean or 0) for row in near])] == [
        "recipient_unreachable",
        "sender_no_eoffice",
    ]
    assert len(leading_causes([(row, row.share_mean or 0) for row in far])) == 1
    missed = replace(tables, targets=(target_row(verdict="at risk"),))
    (tied,) = reason_points(replace(missed, causes=near), "vi", is_whole=True)
    assert "(40,5%) và nơi gửi chưa dùng văn phòng điện tử (38,7%); chưa phân định được" in tied
    headline = headlines(replace(tables, causes=near), "vi")[2]
    assert headline.value == "40,5% và 38,7%"
    assert "chưa phân định được" in headline.label
    assert "22,0–69,0% và 11,0–60,0%" in headline.detail
    assert headlines(replace(tables, causes=far), "vi")[2].value == "40,5%"
    (clear,) = reason_points(replace(missed, causes=far), "vi", is_whole=True)
    assert "(40,5%), tiếp theo là nơi gửi chưa dùng văn phòng điện tử (15,0%)" in clear
    assert "chưa phân định" not in clear


def test_every_target_that_is_not_safe_has_its_reason_and_targets_of_one_reason_stand_together(
    tables: RunTables,
) -> None:
    """The plan's money, late for what is bought and for a milestone alike, is one reason."""
    measures = ("exchange_electronic_share", "lan_agency_share", "milestone(t3)", "dossier_online_share", "email_share")
    targets = tuple(
        target_row(target_id=f"t{k}", measure=one, verdict="at risk", p_reached=0.2)
        for k, one in enumerate(measures, start=1)
    )
    targets += (target_row(target_id="t6", measure="video_agency_share", verdict="undecided (9 more)", p_reached=1.0),)
    short = HeldUpRow("t2", "lan", "not_arrived", "agencies", 4.0, 4.0, 4.0, 0.75, 8, 20)
    money = (
        MilestoneRow("t3", "delivered", 100.0, 60.0, 0.0, 100.0, None, 40, 50),
        MilestoneRow("t3", "not_arrived", 100.0, 30.0, 0.0, 100.0, 30, 40, 50),
        MilestoneRow("t3", "late", 100.0, 10.0, 0.0, 100.0, 10, 40, 50),
    )
    known = replace(tables, targets=targets, held_up=(short,), milestones=money)
    points = reason_points(known, "vi", is_whole=False, labels=numbers_of(targets))
    assert points[1] == "(2) Chỉ tiêu 2 và 3: kinh phí không được bố trí đủ, 75,0% phần thiếu; 75,0% số lần không đạt."
    named = [re.match(r"\((\d)\) Chỉ tiêu ([\d, và]+):", point) for point in points]
    assert [found.group(1) for found in named if found] == ["1", "2", "3", "4"]
    assert sorted(n for found in named if found for n in re.findall(r"\d", found.group(2))) == [*"12345"]
    assert reached_so_far(known, "vi", numbers_of(targets)) == ["Chỉ tiêu 6 – đạt ở mọi lần đã mô phỏng."]
    assert [brief_of(known, "vi", one).reasons[-1][0].text[:10] for one in SHORTENINGS] == ["Chỉ tiêu 6"] * len(
        SHORTENINGS
    )
    two = reason_points(known, "vi", is_whole=False, labels=numbers_of(targets), most=2)
    assert two[2:] == ["Còn lại: chỉ tiêu 4 và 5, xem ngay dưới đây."]


def test_three_or_more_numbers_in_a_row_are_told_by_the_first_and_the_last() -> None:
    labels = {f"t{k}": str(k) for k in range(1, 30)}

    def named(*numbers: int) -> str:
        return targets_named([f"t{k}" for k in numbers], labels, "vi")

    assert named(6, 10, 14, 15, 16, 17, 18, 19) == "chỉ tiêu 6, 10 và 14–19"
    assert named(1, 2, 4) == "chỉ tiêu 1, 2 và 4"
    assert named(9, 10, 11) == "chỉ tiêu 9–11"
    assert targets_named(["t1", "t2", "t3"], labels, "en") == "targets 1–3"
    assert targets_named(["a", "b", "c"], {name: f"{k} ({name})" for k, name in enumerate("abc")}, "vi").count(",") == 1


def test_without_a_missed_target_nothing_stands_in_the_way(tables: RunTables) -> None:
    reached = replace(tables, targets=(target_row(verdict="reachable"),))
    assert reason_points(reached, "vi", is_whole=True) == ["Mọi chỉ tiêu đều đạt được."]


def test_three_remedies_with_their_cost_and_ties(tables: RunTables) -> None:
    text = remedies_text(remedies(), "vi", is_whole=True)
    assert "(1) Văn phòng điện tử cho mọi xã: +61,2 điểm (+51,2 đến +71,2; 20 lần)" in text
    assert "thiết bị 5.200, con người 340 triệu đồng; UBND tỉnh quyết định." in text
    assert "(3) Thêm văn thư: +12,5 điểm" in text
    assert "(4)" not in text
    assert text.endswith("Ngang nhau, chưa phân định được hơn kém: (1), (2); (3) và 1 phương án khác.")
    assert "5 phút một lần" not in text
    listed = " ".join(remedy_lines(replace(tables, remedies=tuple(remedies())), "vi"))
    assert [said for said in ("+61,2 điểm (+51,2 đến +71,2", "+12,5 điểm", "Thêm văn thư") if said not in listed] == []


def test_no_option_is_called_better_that_is_not_known_to_be() -> None:
    unknown = [remedy("a", "Thêm văn thư", 4.0, verdict="unknown", tie_group=1)]
    assert remedies_text(unknown, "vi", is_whole=True).startswith("Chưa phương án nào rõ ràng tốt hơn")
    worse = [remedy("a", "Thêm văn thư", -4.0, verdict="worse")]
    assert remedies_text(worse, "en", is_whole=True).startswith("No option that was tried gains more than a point.")
    for untried in ([], [remedy("a", "Thêm văn thư", None, verdict="not_tried", tie_group=None)]):
        assert remedies_text(untried, "vi", is_whole=True) == "Chưa thử phương án nào."


def test_how_many_options_there_was_time_for_is_said_and_nothing_tied_of_what_is_not_known() -> None:
    rows = [
        remedy("a", "Thêm văn thư", 260.0, low=None, high=None, replications=1, verdict="unknown", tie_group=1),
        remedy("b", "Xếp hạng", 7.0, low=None, high=None, replications=1, verdict="unknown", tie_group=1),
        *(remedy(f"c{k}", "Khác", None, verdict="not_tried", tie_group=None) for k in range(5)),
    ]
    text = remedies_text(rows, "vi", is_whole=False)
    assert text.startswith("Mới thử 2 trong 7 phương án áp dụng được (Thêm văn thư; Xếp hạng). Số lần thử còn quá ít")
    assert "260" not in text, "one pair of simulations is nobody's figure to sign"
    assert "Ngang nhau" not in text
    assert "Mới thử" not in remedies_text(rows[:2], "vi", is_whole=False)


def test_options_of_the_catalogue_are_against_known_reasons() -> None:
    against = {one.name: one.proposal.against for one in list_scenarios() if one.kind == "option" and one.proposal}
    named = {reason for reasons in against.values() for reason in reasons}
    assert not named - {*CAUSES, *HELD_UP_REASONS, *MILESTONE_STATES}
    assert {"not_arrived", "recipient_unreachable", "no_signature"} <= named, "what mostly stops a plan has an answer"


def test_untried_options_against_the_main_reasons_are_named_with_their_cost(tables: RunTables) -> None:
    assert untried_text(tables, "vi") == "", "a folder of before the catalogue was kept"
    offered = {
        "eoffice_all_communes": Offered(
            Words("Văn phòng điện tử cho mọi xã", "E-office for all"),
            1272.0,
            ("recipient_unreachable",),
            Words("thuê bao 159 xã", "subscription of 159 communes"),
            adds_to_plan=True,
        ),
        "training_double": Offered(Words("Thêm tập huấn", "More courses"), None, ("recipient_unreachable",)),
        "second_line": Offered(Words("Đường truyền thứ hai", "Second lines"), 3438.0, ("outage",)),
    }
    known = replace(
        tables, targets=(target_row(verdict="at risk"),), manifest=replace(tables.manifest, offered=offered)
    )
    said = untried_text(known, "vi")
    assert said.endswith(
        ": Văn phòng điện tử cho mọi xã (1.272 triệu đồng, gồm cả thuê bao 159 xã) – chỉ tiêu 1; Thêm tập huấn (không "
        "nêu khoản tiền nào) – chỉ tiêu 1."
    )
    assert "Thêm tập huấn (không nêu khoản tiền nào) – nguyên nhân (1)." in untried_text(known, "vi", by_point=True)
    assert reason_points(known, "vi", is_whole=True)[0].startswith("(1) Chỉ tiêu 1 ")
    few = [
        remedy("second_line", "Đường truyền thứ hai", 4.0, verdict="unknown", tie_group=None),
        remedy("eoffice_all_communes", "Văn phòng điện tử", None, verdict="not_tried", tie_group=None),
    ]
    tried = replace(known, remedies=tuple(few))
    assert "gồm cả thuê bao 159 xã) – chỉ tiêu 1." in untried_text(tried, "vi"), "for which there was no time yet"
    advice = brief_of(tried, "vi", SHORTENINGS[0]).closing[0][0].text
    assert advice.startswith("Mới thử 1 trong 2 phương án áp dụng được. ")
    assert "gồm cả thuê bao 159 xã) – nguyên nhân (1)." in advice
    assert untried_text(replace(known, remedies=(replace(few[0], verdict="better"), few[1])), "vi") == ""
    submitted = target_row(verdict="at risk", measure="submission_electronic_share")
    assert untried_text(replace(known, targets=(submitted,)), "vi") == "", "no cause of it is told apart"


def test_what_an_option_adds_to_the_plan_is_not_said_again_beside_its_title(tables: RunTables) -> None:
    """Its own line of money carries its title; work and subscriptions that the plan does not have are told."""
    loaded = load("binh_dinh_2016_2020")
    kept = options_there_are(RunSpec(scenario="binh_dinh_2016_2020"), loaded)
    offered = manifest_from({"options_there_are": kept}).offered
    costs = {
        name: said.partition(f"{offered[name].title.vi} (")[2].partition(") – ")[0]
        for name in ("training_double", "dedicated_network_communes", "faster_procurement", "money_early")
        for said in [_offered_alone(tables, offered[name])]
    }
    assert costs == {
        "training_double": "512 triệu đồng",
        "dedicated_network_communes": "3.816 triệu đồng, gồm cả thuê bao 159 đường truyền",
        "faster_procurement": "140 triệu đồng cho công chuẩn bị hồ sơ mời thầu",
        "money_early": "không nêu khoản tiền nào",
    }
    before = {name: {key: value for key, value in one.items() if key != "adds_to_plan"} for name, one in kept.items()}
    assert manifest_from({"options_there_are": before}).offered["training_double"].paid_for is None


def _offered_alone(tables: RunTables, one: Offered) -> str:
    offered = {"alone": replace(one, against=("recipient_unreachable",))}
    manifest = replace(tables.manifest, offered=offered)
    return untried_text(replace(tables, targets=(target_row(verdict="at risk"),), manifest=manifest), "vi")
