from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fake_run import target_row

from sim.report.baselines import baseline_lines
from sim.report.cause_ranking import largest_causes
from sim.report.conclusion import appendix_words, conclusion, page_words, reading_passage, verdict_passage
from sim.report.evidence import assumptions_passage, signed_text, spread_passage, strongest_influences
from sim.report.obstacles import obstacle_of, obstacle_passage
from sim.report.passage import target_labels, targets_named
from sim.report.run_tables import RunTables, read_run_tables
from sim.results.evidence_tables import InfluenceRow, VarianceRow
from sim.results.words import Lang


@pytest.fixture(scope="module")
def tables(run_folder: Path) -> RunTables:
    return read_run_tables(run_folder)


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


def test_what_stands_in_the_way_is_the_largest_causes_of_the_last_year(tables: RunTables) -> None:
    found = largest_causes(tables.causes, "not_electronic")
    assert [(row.year, row.cause) for row, _ in found] == [
        (2020, "recipient_unreachable"),
        (2020, "sender_no_eoffice"),
        (2020, "sender_not_connected"),
    ]
    assert found[0][1] == pytest.approx(148000 / 249620)
    passage = obstacle_passage(tables, "vi")
    assert passage is not None
    sending, use = passage.points
    assert sending.startswith(
        "Chỉ tiêu 2 (a2): nguyên nhân các lượt gửi không điện tử năm 2020 là nơi nhận chưa liên thông"
    )
    assert "(59,3%), nơi gửi chưa dùng văn phòng điện tử (24,4%)" in sending
    assert use.startswith("Chỉ tiêu 3 (a4): tháng 12/2020, trong số các cơ quan có 6,0% đã cài đặt nhưng không dùng (")
    assert "không tách riêng cho từng chỉ tiêu" in passage.closing


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


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_conclusion_stands_before_the_pictures_and_its_lists_in_the_appendix(
    run_folder: Path, language: Lang
) -> None:
    page = (run_folder / f"report.{language}.html").read_text(encoding="utf-8")
    tables = read_run_tables(run_folder)
    words, lists = page_words(tables, language), appendix_words(tables, language)
    places = [page.index(f"<strong>{part.lead}.</strong>") for part in words]
    assert places == sorted(places)
    assert page.index('class="cards board"') < places[0]
    assert places[-1] < page.index('<section id="pictures">')
    behind = [page.rindex(f"<strong>{part.lead}.</strong>") for part in lists]
    assert behind == sorted(behind)
    assert page.index('id="appendix"') < behind[0]
    said = {part.lead for part in (*words, *lists)}
    assert {part.lead for part in conclusion(tables, language)} - said == {
        {"vi": "Chỉ tiêu", "en": "Targets"}[language]
    }


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
