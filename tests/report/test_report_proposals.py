"""Who decides each case of a comparison, and what it costs, as pages and terminals say it."""

from __future__ import annotations

from dataclasses import replace

from sim.report.comparison import CompareTables
from sim.report.manifest import manifest_from
from sim.report.proposals import cost_of, proposal_lines, proposals_passage, stated_apart
from sim.results.comparison_tables import CaseFigureRow, ProposalRow

CLERKS = ProposalRow(
    cell="option:clerks",
    title_vi="Thêm văn thư",
    title_en="More clerks",
    group="staffing",
    decided_by_vi="UBND tỉnh",
    decided_by_en="the province",
    cost_vi="mười biên chế",
    cost_en="ten posts",
    of="people",
    item_vi="mười biên chế",
    item_en="ten posts",
    source="SN",
    year=2018,
    amount=700.0,
    low=500.0,
    high=1000.0,
    simulated=False,
    basis="derived",
    origin="test",
)
LINE = replace(
    CLERKS,
    cell="option:line",
    title_vi="Đường truyền",
    title_en="A line",
    of="equipment",
    source="DT",
    amount=1900.0,
    simulated=True,
)
SETTING = replace(
    CLERKS,
    cell="option:setting",
    title_vi="Thiết lập",
    title_en="A setting",
    cost_vi="không tốn tiền",
    cost_en="no money",
    of=None,
    source=None,
    year=None,
    amount=None,
    simulated=None,
)
ROWS = (
    CLERKS,
    replace(CLERKS, year=2019),
    LINE,
    replace(LINE, of="people", source="SN", amount=80.0, simulated=False),
    SETTING,
)


def spent(cell: str, more: float) -> CaseFigureRow:
    mean = 10_000.0 + more
    unit = "million_vnd"
    return CaseFigureRow(
        cell, None, None, "spent_million_vnd", "all", unit, mean, False, more, more, more, 1.0, "unknown", 4
    )


def test_people_and_equipment_by_year_and_source_and_who_decides() -> None:
    opening, *said = proposal_lines(ROWS, ROWS, (), "en")
    assert "Who decides" in opening
    clerks, line, setting = said
    assert "“More clerks”: decided by: the province; equipment and services: none; people: 1,400 million VND" in clerks
    assert "2018: 700, 2019: 700" in clerks
    assert "equipment and services: 1,900 million VND" in line
    assert "people: 80 million VND" in line
    assert setting.strip() == "“A setting”: decided by: the province; cost: no money."
    vietnamese = proposals_passage(ROWS, ROWS, (), "vi")
    assert vietnamese is not None
    assert "quyết định: UBND tỉnh; thiết bị, dịch vụ: không thêm; con người: 1.400 triệu đồng" in vietnamese.points[0]
    assert proposals_passage((), (), (), "vi") is None
    assert proposal_lines((), (), (), "en") == []


def test_a_sentence_on_the_cost_is_told_as_one_and_a_missing_one_as_missing() -> None:
    spoken = replace(SETTING, cost_vi="Không tốn tiền: một thiết lập.", decided_by_vi=None)
    blank = replace(SETTING, cell="option:blank", cost_vi=None, cost_en=None)
    _, first, second = proposal_lines((spoken, blank), (spoken, blank), (), "vi")
    assert first.strip() == "“Thiết lập”: chi phí: không tốn tiền: một thiết lập."
    assert second.strip() == "“Thiết lập”: quyết định: UBND tỉnh; chi phí: chưa nêu."
    assert (
        proposal_lines((blank,), (blank,), (), "en")[1].strip()
        == "“A setting”: decided by: the province; cost: not stated."
    )


def test_one_sentence_says_how_a_budget_goes_with_what_is_spent() -> None:
    """Only of the cases where the two are not the same."""
    figures = (spent("option:clerks", 0.2), spent("option:line", 1_700.0), spent("option:setting", 0.0))
    said = proposal_lines(ROWS, ROWS, figures, "vi")[-1]
    assert said.endswith(
        "đơn giá khác: “Đường truyền” dự toán 1.980, chi thêm +1.780 (giải ngân +1.700, ngoài mô phỏng 80)."
    )
    assert cost_of("option:line", figures, ROWS) == 1_780.0
    assert cost_of("option:clerks", (), ROWS) is None
    assert not any("“Chi thêm”" in line for line in proposal_lines(ROWS, ROWS, figures[:1], "vi"))


def test_what_the_simulation_does_not_spend_is_added_apart() -> None:
    assert stated_apart(ROWS) == {"option:clerks": 1400.0, "option:line": 80.0}


def test_what_is_paid_after_the_last_year_compared_is_not_counted_and_said() -> None:
    """Comparing up to the end of 2018 leaves out the posts of 2019, which are no more spent than they are useful."""
    tables = CompareTables(
        manifest_from({"horizon_end": "2018-12-31"}), (), (), (), ROWS, (spent("option:clerks", 0.0),)
    )
    counted = tables.proposals_by_the_end
    assert cost_of("option:clerks", tables.figures, counted) == 700.0
    said = proposal_lines(ROWS, counted, tables.figures, "vi")
    left = sum(row.amount or 0.0 for row in ROWS if row.year == 2019)
    assert f"chỉ tính đến hết năm 2018; {left:,.0f}".replace(",", ".") + " triệu đồng của các năm từ 2019" in said[-1]
    assert not any("kết thúc sớm" in line for line in proposal_lines(ROWS, ROWS, (), "vi"))
