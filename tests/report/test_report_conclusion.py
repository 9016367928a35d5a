from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from fake_run import target_row

from sim.report.baselines import baseline_lines
from sim.report.board import reported_note
from sim.report.cause_ranking import largest_causes, last_year_by
from sim.report.conclusion import conclusion, page_words, reading_passage, verdict_passage
from sim.report.evidence import assumptions_passage, signed_text, spread_passage, strongest_influences
from sim.report.obstacles import obstacle_of, obstacle_passage
from sim.report.passage import target_labels, targets_named
from sim.report.run_tables import RunTables
from sim.results.evidence_tables import InfluenceRow, VarianceRow
from sim.results.run_tables import CauseRow


def test_targets_by_verdict_with_how_sure(tables: RunTables) -> None:
    passage = verdict_passage(tables.targets, "vi")
    assert passage is not None
    reached, risky, undecided, blank = passage.points
    assert reached.startswith("Đạt được (1): chỉ tiêu 1 (a3) “Văn bản trao đổi giữa các cơ quan")
    assert reached.endswith("đạt ở 18 trong 20 lần mô phỏng, xác suất đạt trong khoảng 69,9–97,2%.")
    assert risky.startswith("Có nguy cơ không hoàn thành (1): chỉ tiêu 2 (a2) ")
    assert undecided.endswith("cần chạy thêm 40 lần.")
    assert blank == "Chưa có số liệu (1): chỉ tiêu 4 (c2) “Cơ quan kết nối mạng diện rộng của tỉnh”."


def test_readings_that_change_the_verdict_are_named_and_others_only_counted(tables: RunTables) -> None:
    passage = reading_passage(tables.targets, "vi")
    assert passage is not None
    (point,) = passage.points
    assert point == (
        "Chỉ tiêu 1 (a3) – đạt được: theo đúng nội dung Kế hoạch (18/20); khó hoàn thành: theo số thực tế trong "
        "mô phỏng (1/20), "
        "chỉ tính lượt gửi không kèm bản giấy (0/20)."
    )
    assert passage.closing == ""


def test_when_no_reading_changes_anything_that_is_said() -> None:
    plan = target_row()
    same = (plan, replace(plan, reading="accepted"))
    passage = reading_passage(same, "en")
    assert passage is not None
    assert passage.opening == "For each target, every reading looked at gives the same verdict."
    assert reading_passage((plan,), "en") is None


def test_undecided_with_other_counts_is_the_same_verdict() -> None:
    plan = target_row(verdict="undecided (8 more)")
    passage = reading_passage((plan, replace(plan, reading="true", verdict="undecided (226 more)")), "vi")
    assert passage is not None
    assert passage.points == ()
    assert passage.opening == "Chưa so sánh được các cách tính ở chỉ tiêu 1 (a3): chưa cách nào đủ cơ sở kết luận."


def test_readings_that_none_is_decided_of_are_not_called_the_same() -> None:
    """Never met as the plan says it and always as it may be read: the reading may decide all, once there are more."""
    plan = target_row(verdict="undecided (21 more)", p_reached=0.0, n=4)
    rows = (plan, replace(plan, reading="true", p_reached=1.0), replace(plan, reading="only", p_reached=0.5))
    passage = reading_passage(rows, "en")
    assert passage is not None
    assert passage.opening == (
        "The readings of target 1 (a3) cannot be compared yet: none of them is decided; always met by one and never by "
        "another: 1 (a3) (as the plan words it 0/4; as it truly is in the simulation 4/4)."
    )
    known = target_row(target_id="x", verdict="reachable")
    both = reading_passage((*rows, known, replace(known, reading="true")), "en")
    assert both is not None
    assert both.opening.endswith(" The same verdict under every reading: target 2 (x).")


def test_what_stands_in_the_way_is_the_largest_causes_of_the_last_year(tables: RunTables) -> None:
    found = largest_causes(tables.causes, "not_electronic")
    assert [(row.year, row.cause) for row, _ in found] == [
        (2020, "recipient_unreachable"),
        (2020, "sender_no_eoffice"),
        (2020, "sender_not_connected"),
    ]
    assert found[0][1] == pytest.approx(148000 / 249620)
    missed = replace(tables, targets=(replace(tables.targets[0], verdict="at risk"),))
    passage = obstacle_passage(missed, "vi")
    assert passage is not None
    (sending,) = passage.points
    assert sending.startswith(
        "Chỉ tiêu 1 (a3): nguyên nhân các lượt gửi không điện tử năm 2020 là nơi nhận chưa liên thông"
    )
    assert "(59,3%), nơi gửi chưa dùng văn phòng điện tử (24,4%)" in sending
    assert "không tách riêng cho từng chỉ tiêu" in passage.closing


def test_what_is_submitted_to_the_office_is_not_explained_by_other_recipients(tables: RunTables) -> None:
    passage = obstacle_passage(tables, "vi")
    assert passage is not None
    submitted, linked = passage.points
    assert submitted == (
        "Chỉ tiêu 2 (a2): nơi nhận chỉ có Văn phòng UBND tỉnh và bảng nguyên nhân không tách riêng văn bản trình; "
        "cuối quý 4/2020 mọi nơi gửi đã liên thông văn phòng điện tử ở ít nhất một nửa số lần mô phỏng."
    )
    assert "nơi nhận chưa liên thông" not in submitted
    alone = tuple(replace(row, connected_share=0.25) for row in tables.agencies_by_quarter)
    unlinked = obstacle_passage(replace(tables, agencies_by_quarter=alone), "vi")
    assert unlinked is not None
    assert "chưa liên thông văn phòng điện tử ở quá nửa số lần mô phỏng: 1 trong 1 cơ quan" in unlinked.points[0]
    assert linked == "Chỉ tiêu 3 (a4) – còn 0 trong 3 cơ quan chưa liên thông văn phòng điện tử (toàn tỉnh, trung vị)."
    assert passage.closing == ""


def test_a_target_gets_the_causes_of_its_own_tier_and_due_date(tables: RunTables) -> None:
    """Communes alone, and the four quarters before the due date: another year's and tier's causes are not theirs."""
    base = replace(tables.targets[0], verdict="out of reach")
    late = replace(base, target_id="late", scope="tier:commune")
    early = replace(base, target_id="early", scope="tier:commune", due=date(2019, 12, 31))
    early_all = replace(base, target_id="early_all", due=date(2018, 12, 31))
    passage = obstacle_passage(replace(tables, targets=(late, early, early_all)), "en")
    assert passage is not None
    assert passage.points[0].startswith(
        "Target 1 (late): deliveries by commune that were not electronic, four quarters to Q4 2020: recipient cannot "
        "be reached electronically 96.6%, secret document 3.4%"
    )
    assert "four quarters to Q4 2019: sender does not use e-office 97.3%" in passage.points[1]
    assert "why deliveries were not electronic in 2018: recipient" in passage.points[2]


def test_levels_of_use_are_those_of_the_target_s_tier_and_month(tables: RunTables) -> None:
    base = replace(tables.targets[0], measure="internal_electronic_share", verdict="out of reach")
    whole = replace(base, target_id="whole", due=date(2018, 12, 31))
    communes = replace(base, target_id="communes", scope="tier:commune")
    provincial = replace(base, target_id="provincial", scope="tier:department")
    passage = obstacle_passage(replace(tables, targets=(whole, communes, provincial)), "vi")
    assert passage is not None
    assert passage.points[0].startswith("Chỉ tiêu 1 (whole): tháng 12/2018, trong số các cơ quan có ")
    assert passage.points[1] == (
        "Chỉ tiêu 2 (communes): cuối quý 4/2020, trong 1 cơ quan (cấp xã), xếp theo trung vị mức dùng của từng cơ "
        "quan, 1 chỉ dùng ở văn thư để vào sổ, gửi và nhận (n = 20)."
    )
    assert passage.points[2] == "Chỉ tiêu 3 (provincial): các bảng kết quả không tách riêng được nguyên nhân."


def test_what_does_not_hold_back_linking_is_not_said_to(tables: RunTables) -> None:
    """E-office that is installed and not used counts as linked."""
    row = replace(tables.targets[0], measure="eoffice_linked_share", median=0.4, verdict="out of reach", p_reached=0.0)
    passage = obstacle_passage(replace(tables, targets=(row,)), "vi")
    assert passage is not None
    text = " ".join(passage.points)
    assert "còn 2 trong 3 cơ quan chưa liên thông văn phòng điện tử" in text
    assert "không dùng" not in text


def test_a_cause_whose_share_grew_as_others_shrank_says_so(tables: RunTables) -> None:
    def cause(name: str, year: int, number: float, share: float) -> CauseRow:
        return CauseRow(year, "not_electronic", name, "deliveries", number, 0.0, number, 20, share, share, share)

    causes = (
        cause("never_electronic", 2016, 20_000.0, 0.05),
        cause("never_electronic", 2020, 20_000.0, 0.4),
        cause("recipient_unreachable", 2016, 40_000.0, 0.1),
        cause("recipient_unreachable", 2020, 150_000.0, 0.3),
        cause("sender_no_eoffice", 2016, 340_000.0, 0.85),
        cause("sender_no_eoffice", 2020, 15_000.0, 0.3),
    )
    row = replace(tables.targets[0], verdict="out of reach")
    passage = obstacle_passage(replace(tables, targets=(row,), causes=causes), "vi")
    assert passage is not None
    (text,) = passage.points
    assert (
        "(40,0%; tỷ trọng tăng chủ yếu vì các nguyên nhân khác giảm: trung vị 20.000 lượt gửi, năm 2016 là 20.000)"
        in text
    )
    assert text.count("tỷ trọng tăng chủ yếu") == 1, "one rose itself, one fell"


@pytest.mark.parametrize(("due", "year"), [((2018, 12, 31), 2018), ((2018, 6, 30), 2017), ((2016, 6, 30), 2016)])
def test_the_year_is_the_last_that_is_over_on_the_due_date(due: tuple[int, int, int], year: int) -> None:
    assert last_year_by(date(*due), (2016, 2017, 2018, 2019)) == year
    assert last_year_by(date(2018, 6, 30), (2017, 2018), stopped=date(2018, 6, 30)) == 2018
    assert last_year_by(None, (2016, 2020)) == 2020
    assert last_year_by(date(2015, 1, 1), (2016,)) is None


def test_paper_alongside_is_named_where_the_target_forbids_it(tables: RunTables) -> None:
    only = replace(tables.targets[2], target_id="only")
    passage = obstacle_passage(replace(tables, targets=(only,)), "en")
    assert passage is not None
    assert "why paper still went along in 2020: the leader still requires paper (60.3%)" in passage.points[0]


def test_a_measure_no_table_speaks_of_is_admitted(tables: RunTables) -> None:
    odd = replace(tables.targets[0], measure="meeting_online_share", verdict="out of reach")
    assert obstacle_of("meeting_online_share") == "unknown"
    passage = obstacle_passage(replace(tables, targets=(odd,)), "vi")
    assert passage is not None
    assert passage.points == ("Chỉ tiêu 1 (a3): các bảng kết quả không tách riêng được nguyên nhân.",)
    assert passage.closing == ""


def test_nothing_stands_in_the_way_of_what_is_reached(tables: RunTables) -> None:
    assert obstacle_passage(replace(tables, targets=tables.targets[:1]), "vi") is None


def test_noticeable_influences_are_findings_strongest_first(tables: RunTables) -> None:
    chosen = strongest_influences(tables.influence)
    assert [(row.key, row.target_id) for row in chosen] == [
        ("adoption.imitation_per_year", "a3"),
        ("leader.paper_threshold", "a2"),
    ]
    passage = assumptions_passage(tables, "vi")
    assert passage is not None
    assert "vượt mức ngẫu nhiên" in passage.opening
    assert passage.points[0] == (
        "tên của adoption.imitation_per_year [adoption.imitation_per_year]: tương quan +0,71 với chỉ tiêu 1 (a3) "
        "(càng cao thì kết quả càng cao; căn cứ: suy ra)."
    )
    assert (
        "tương quan −0,66 với chỉ tiêu 2 (a2) (càng cao thì kết quả càng thấp; căn cứ: giả định)." in passage.points[1]
    )


def test_without_a_noticeable_one_the_highest_are_hints_only(tables: RunTables) -> None:
    unclear = tuple(replace(row, noticeable=False, n=6) for row in tables.influence)
    passage = assumptions_passage(replace(tables, influence=unclear), "vi")
    assert passage is not None
    assert passage.opening.startswith("n = 6 lần mô phỏng còn quá ít")
    assert "chỉ là gợi ý" in passage.opening
    assert len(passage.points) == 3
    assert passage.closing == ""


def test_one_parameter_is_named_once(tables: RunTables) -> None:
    rows = [InfluenceRow(f"t{k}", "one.key", 0.1 * k, noticeable=True, n=20) for k in range(1, 5)]
    assert [row.target_id for row in strongest_influences(rows)] == ["t4"]


def test_spread_is_split_for_the_reading_that_decides(tables: RunTables) -> None:
    passage = spread_passage(tables, "vi")
    assert passage is not None
    assert "từ 10 cặp" in passage.opening
    assert passage.opening.endswith("chỉ tiêu 1 (a3): 17% (8–36%); chỉ tiêu 2 (a2): 21% (10–44%).")
    assert "19%" not in passage.opening
    assert passage.closing.startswith("Một chỉ tiêu khác không dao động, hoặc các cặp chưa đủ để nói. Độ dao động")
    assert "khảo sát, đo đạc" in passage.closing


@pytest.mark.parametrize(
    ("intervals", "words"),
    [
        (((0.6, 0.9), (0.7, 1.0)), "chủ yếu do yếu tố ngẫu nhiên"),
        (((0.1, 0.4), (0.7, 1.0)), ""),
        (((0.1, 0.4), (0.3, 0.6)), ""),
        (((0.1, 0.4), (0.0, 0.2)), "chủ yếu do tham số"),
    ],
)
def test_what_follows_from_the_split(tables: RunTables, intervals: tuple[tuple[float, float], ...], words: str) -> None:
    """Only where all intervals lie on one side of a half."""
    rows = tuple(
        VarianceRow(row.target_id, row.reading, row.measure, 1 - (low + high) / 2, (low + high) / 2, low, high, 10)
        for row, (low, high) in zip((tables.targets[0], tables.targets[3]), intervals, strict=True)
    )
    passage = spread_passage(replace(tables, variance=rows), "vi")
    assert passage is not None
    assert words in passage.closing
    assert bool(words) == bool(passage.closing)


def test_a_split_that_could_not_be_made_is_said(tables: RunTables) -> None:
    passage = spread_passage(replace(tables, variance=tables.variance[3:]), "en")
    assert passage is not None
    assert passage.opening.startswith("Unknown parameters and luck cannot be told apart")
    assert spread_passage(replace(tables, variance=()), "en") is None
    few = replace(tables, variance=tables.variance[3:], manifest=replace(tables.manifest, replications_done=4))
    passage = spread_passage(few, "en")
    assert passage is not None
    assert passage.opening.startswith("Unknown parameters and luck are told apart from 10 simulations on")
    assert "6 are missing" in passage.opening


def test_the_conclusion_has_only_what_the_tables_allow(tables: RunTables) -> None:
    assert [part.lead for part in conclusion(tables, "en")] == [
        "Targets",
        "What stands in the way",
        "Readings",
        "Which unknowns matter most",
        "Where the spread comes from",
        "How far to trust this",
    ]
    bare = replace(tables, targets=(), influence=(), variance=(), causes=())
    assert [part.lead for part in conclusion(bare, "en")] == ["How far to trust this"]


def test_a_page_names_unknowns_by_their_titles_alone(tables: RunTables) -> None:
    """Keys stand in the appendix, and where a command is typed."""
    (on_page,) = (part for part in page_words(tables, "vi") if part.lead == "Tham số chi phối kết quả")
    (elsewhere,) = (part for part in conclusion(tables, "vi") if part.lead == "Tham số chi phối kết quả")
    assert not any("[" in point for point in on_page.passage.points)
    keys = [point[point.index(" [") : point.index("]") + 1] for point in elsewhere.passage.points if "[" in point]
    assert keys
    without = [re.sub(r" \[[^]]*\]", "", point) for point in elsewhere.passage.points]
    assert list(on_page.passage.points) == without


def test_targets_are_named_by_their_numbers(tables: RunTables) -> None:
    labels = target_labels(tables.targets)
    assert targets_named(["a3"], labels, "en") == "target 1 (a3)"
    assert targets_named(["a3", "a4", "c2"], labels, "vi") == "chỉ tiêu 1 (a3), 3 (a4) và 4 (c2)"
    assert targets_named(["unlisted"], labels, "vi") == "chỉ tiêu unlisted"


def test_signs_are_shown() -> None:
    assert signed_text(-0.614, 2, "vi") == "−0,61"
    assert signed_text(0.0, 1, "en") == "+0.0"


def test_reported_starts_stand_beside_simulated_ones_with_the_reason(tables: RunTables) -> None:
    impossible, fitted, unfitted = baseline_lines(tables.baselines, "vi")
    assert (impossible.reported, impossible.simulated) == ("55%\n(50,0–60,0%)", "16,2%\n(12,0–20,0%)")
    assert (impossible.state, impossible.state_class) == ("Số báo cáo không thể xảy ra", "out-of-reach")
    assert impossible.reason == "Chưa xã nào dùng văn phòng điện tử"
    assert (fitted.in_band, fitted.state_class, fitted.reason) == ("18 trong 20 lần mô phỏng", "reachable", "")
    assert (unfitted.simulated, unfitted.in_band, unfitted.state_class) == ("—", "—", "other")
    missed = baseline_lines([replace(tables.baselines[1], in_band_share=0.2)], "vi")
    assert missed[0].state_class == "at-risk"


def test_shares_are_said_to_be_reported_with_the_truth_where_it_differs_most() -> None:
    rows = [target_row(median=0.645), target_row(reading="true", median=0.59, verdict="undecided")]
    said = reported_note(rows, "vi")
    assert said.startswith(
        "Chỉ tiêu 1: tỷ lệ lấy theo số các cơ quan báo cáo; thực tế thấp hơn, lệch nhiều nhất ở chỉ tiêu 1 ("
    )
    assert said.endswith("báo cáo 64,5%, thực tế 59,0%")
    assert "59.0%" in reported_note(rows, "en")
    same = [rows[0], replace(rows[1], median=0.6449)]
    assert reported_note(same, "vi") == reported_note(rows[:1], "vi") == "", "nothing to say where none is seen"
