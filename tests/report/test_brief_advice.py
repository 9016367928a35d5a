"""What the brief says stands in the way of the targets, and what would help."""

from __future__ import annotations

import re
from dataclasses import replace

from fake_remedies import remedies, remedy
from fake_run import target_row

from sim.report.best_remedies import remedies_text
from sim.report.cause_ranking import leading_causes
from sim.report.headlines import headlines
from sim.report.held_up_words import HELD_UP_REASONS
from sim.report.manifest import Offered
from sim.report.reasons import reasons_text
from sim.report.remedies import remedy_lines
from sim.report.run_tables import RunTables
from sim.report.untried import untried_text
from sim.report.words import CAUSES, MILESTONE_STATES
from sim.results.run_tables import CauseRow
from sim.results.words import Words
from sim.scenario.listing import list_scenarios


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
    tied = reasons_text(replace(missed, causes=near), "vi", is_whole=True)
    assert "(40,5%) và nơi gửi chưa dùng văn phòng điện tử (38,7%); chưa phân định được" in tied
    headline = headlines(replace(tables, causes=near), "vi")[2]
    assert headline.value == "40,5% và 38,7%"
    assert "chưa phân định được" in headline.label
    assert "22,0–69,0% và 11,0–60,0%" in headline.detail
    assert headlines(replace(tables, causes=far), "vi")[2].value == "40,5%"
    clear = reasons_text(replace(missed, causes=far), "vi", is_whole=True)
    assert "(40,5%), tiếp theo là nơi gửi chưa dùng văn phòng điện tử (15,0%)" in clear
    assert "chưa phân định" not in clear


def test_there_are_three_reasons_and_the_rest_is_named(tables: RunTables) -> None:
    measures = (
        "exchange_electronic_share",
        "internal_electronic_share",
        "eoffice_linked_share",
        "dossier_online_share",
    )
    targets = tuple(
        target_row(target_id=f"t{k}", measure=measure, verdict="out of reach") for k, measure in enumerate(measures)
    )
    text = reasons_text(replace(tables, targets=targets), "vi", is_whole=True)
    assert [f"({k})" in text for k in (1, 2, 3, 4)] == [True, True, True, False]
    assert text.startswith("(1) Chỉ tiêu 1")
    assert re.search(r"Còn lại: chỉ tiêu 4\D.*xem báo cáo\.$", text)


def test_without_a_missed_target_nothing_stands_in_the_way(tables: RunTables) -> None:
    reached = replace(tables, targets=(target_row(verdict="reachable"),))
    assert reasons_text(reached, "vi", is_whole=True) == "Mọi chỉ tiêu đều đạt được."


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
        assert remedies_text(untried, "vi", is_whole=True) == "Chưa thử phương án nào; cách thử ghi ở cuối trang."


def test_how_many_options_there_was_time_for_is_said_and_nothing_tied_of_what_is_not_known() -> None:
    rows = [
        remedy("a", "Thêm văn thư", 260.0, low=None, high=None, replications=1, verdict="unknown", tie_group=1),
        remedy("b", "Xếp hạng", 7.0, low=None, high=None, replications=1, verdict="unknown", tie_group=1),
        *(remedy(f"c{k}", "Khác", None, verdict="not_tried", tie_group=None) for k in range(5)),
    ]
    text = remedies_text(rows, "vi", is_whole=False)
    assert text.startswith("Mới thử 2 trong 7 phương án áp dụng được. Số lần thử còn quá ít")
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
        ),
        "training_double": Offered(Words("Thêm tập huấn", "More courses"), None, ("recipient_unreachable",)),
        "second_line": Offered(Words("Đường truyền thứ hai", "Second lines"), 3438.0, ("outage",)),
    }
    said = untried_text(replace(tables, manifest=replace(tables.manifest, offered=offered)), "vi")
    assert (
        "Văn phòng điện tử cho mọi xã (1.272 triệu đồng: thuê bao 159 xã); Thêm tập huấn (không nêu khoản tiền nào)."
        in said
    )
    assert "Đường truyền" not in said
