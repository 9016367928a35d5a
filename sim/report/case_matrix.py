"""Every figure of every case in one matrix: what each reaches, how fast, how late, how full, for how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sim.report.case_order import ordered_cases
from sim.report.case_targets import SHARE
from sim.report.comparison import CompareTables, agreeing_text
from sim.report.formatting import BLANK, number_text, rounded, share_text, signed_number
from sim.report.proposals import cost_of, stated_people
from sim.results.comparison_tables import CaseFigureRow
from sim.results.words import Lang, Words

SIGNS: Mapping[str, str] = {"better": "▲", "worse": "▼", "same": "=", "unchanged": "=", "unknown": "?"}
"""Said beside the colour, so that a page printed in black tells them apart."""
_TARGETS = "targets_reached"


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column of the matrix: its heading, and the measure and scope of the figure it shows."""

    heading: Words
    key: tuple[str, str]


RESULTS = (
    MatrixColumn(
        Words("Số chỉ tiêu đạt ngưỡng trong một lần mô phỏng, bình quân", "Targets met in a simulation, mean"),
        (_TARGETS, "all"),
    ),
    MatrixColumn(Words("Gửi điện tử được tiếp nhận", "Sent electronically and accepted"), (SHARE, "all")),
    MatrixColumn(Words("Hồ sơ trễ hạn", "Late dossiers"), ("dossier_late_share", "all")),
    MatrixColumn(Words("Trang giấy, nghìn", "Paper pages, thousand"), ("paper_pages", "all")),
)
OPERATION = (
    MatrixColumn(
        Words("Số giờ chuyển văn bản liên thông (trung vị)", "Hours of delivery, linked (median)"),
        ("delivery_hours_median", "channel:linked"),
    ),
    MatrixColumn(
        Words("Số giờ chuyển văn bản liên thông (95% số lượt)", "Hours of delivery, linked (95%)"),
        ("delivery_hours_p95", "channel:linked"),
    ),
    MatrixColumn(
        Words("Số giờ chuyển văn bản giấy (trung vị)", "Hours of delivery, paper (median)"),
        ("delivery_hours_median", "channel:paper"),
    ),
    MatrixColumn(
        Words("Số giờ chuyển văn bản giấy (95% số lượt)", "Hours of delivery, paper (95%)"),
        ("delivery_hours_p95", "channel:paper"),
    ),
    MatrixColumn(Words("Số vị trí quá tải", "Overloaded posts"), ("overloaded_posts", "all")),
    MatrixColumn(
        Words("Việc trên văn phòng điện tử bị lỗi", "E-office tasks failed"), ("eoffice_task_failed_share", "all")
    ),
    MatrixColumn(
        Words("Thời gian trung tâm dữ liệu hoạt động", "Time the data centre is up"), ("datacentre_availability", "all")
    ),
)
_OF_TARGETS = {(_TARGETS, "all"), (SHARE, "all")}
COST = Words("Chi thêm, triệu đồng", "More spent, million VND")
PEOPLE = Words("trong đó con người", "of it people")


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What a cell says: the value, then the difference with its sign; and the word for a style sheet."""

    value: str
    difference: str
    judgement: str

    @property
    def text(self) -> str:
        """Both, one below the other."""
        return "\n".join(part for part in (self.value, self.difference) if part)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One case of the whole matrix."""

    title: str
    results: tuple[MatrixCell, ...]
    operation: tuple[MatrixCell, ...]


def cost_heading(language: Lang) -> str:
    """Of what a case costs, with its part for people."""
    return f"{COST.text(language)} ({PEOPLE.text(language)})"


def result_headings(language: Lang) -> list[str]:
    """Of the whole matrix's first half: results and money."""
    return [*(column.heading.text(language) for column in RESULTS), cost_heading(language)]


def operation_headings(language: Lang) -> list[str]:
    """Of its second half: delivery, posts, network."""
    return [column.heading.text(language) for column in OPERATION]


def matrix_rows(tables: CompareTables, language: Lang) -> list[MatrixRow]:
    """Every figure of every case, in the order of the answer; none where the folder has no operating figures."""
    if not tables.figures:
        return []
    by_case, proposals = figures_by_case(tables), tables.proposals_by_the_end
    people = stated_people(proposals)
    return [
        MatrixRow(
            title=case.title(language),
            results=(
                *(cell_of(column, by_case[case.name], language) for column in RESULTS),
                cost_cell(
                    cost_of(case.name, [*by_case[case.name].values()], proposals), people.get(case.name, 0.0), language
                ),
            ),
            operation=tuple(cell_of(column, by_case[case.name], language) for column in OPERATION),
        )
        for case in ordered_cases(tables)
    ]


def strongest_figure(figures: Mapping[tuple[str, str], CaseFigureRow], language: Lang) -> MatrixCell | None:
    """What a case changes most of how things run, beside what anybody minds: from what to what, and its difference.

    None where it changes nothing by as much in more than half of the pairs.
    """
    told = [column for column in (*RESULTS, *OPERATION) if column.key not in _OF_TARGETS]
    moved = [
        (column, row) for column in told if (row := figures.get(column.key)) and is_moved(row) and _is_frequent(row)
    ]
    if not moved:
        return None
    column, row = max(moved, key=lambda pair: abs(pair[1].difference_mean or 0.0) / (pair[1].minded or 1.0))
    before = value_text(replace(row, mean=row.mean - (row.difference_mean or 0.0)), language)
    cell = cell_of(column, figures, language, counted=True)
    return replace(cell, value=f"{column.heading.text(language)}: {before} → {value_text(row, language)}")


def _is_frequent(row: CaseFigureRow) -> bool:
    """Whether it is known, or more than half of the pairs go its way; a folder without pairs does not say."""
    agree = (row.pair_higher if (row.difference_mean or 0.0) > 0.0 else row.pair_lower) or 0
    return row.judgement in {"better", "worse"} or not row.pairs or 2 * agree > row.pairs


def is_moved(row: CaseFigureRow) -> bool:
    """Whether a figure differs by as much as anybody minds and is printed, be it sure or not."""
    return abs(row.difference_mean or 0.0) >= row.minded and is_seen(row)


def figures_by_case(tables: CompareTables) -> defaultdict[str, dict[tuple[str, str], CaseFigureRow]]:
    """The figures of each case, by measure and scope."""
    by_case: defaultdict[str, dict[tuple[str, str], CaseFigureRow]] = defaultdict(dict)
    for row in tables.figures:
        by_case[row.cell][row.measure, row.scope] = row
    return by_case


def cell_of(
    column: MatrixColumn, figures: Mapping[tuple[str, str], CaseFigureRow], language: Lang, *, counted: bool = False
) -> MatrixCell:
    """A figure with its difference; `counted`, also how many pairs go its way."""
    row = figures.get(column.key)
    if row is None:
        return MatrixCell(BLANK, "", "")
    judgement = row.judgement or ""
    difference = _difference(row, judgement, language) if judgement else ""
    is_none = judgement == "same" or difference.startswith("=")
    if counted and difference and not is_none and (agreeing := agreeing_text(row, language)):
        difference += f" ({agreeing})"
    return MatrixCell(value_text(row, language), difference, judgement)


def value_text(row: CaseFigureRow, language: Lang) -> str:
    """A figure as the matrix prints it."""
    match row.unit:
        case "share":
            text = share_text(row.mean, language)
        case "pages":
            text = number_text(row.mean / 1_000, 0, language)
        case _:
            text = number_text(row.mean, 1, language)
    return f">{text}" if row.longer else text


def _difference(row: CaseFigureRow, judgement: str, language: Lang) -> str:
    """The sign with the difference; with what nobody minds where there is none."""
    scale, decimals = _printed_in(row)
    if judgement == "unchanged":
        return f"{SIGNS[judgement]} 0"
    if judgement == "same":
        minded = scale * row.minded
        return f"±{number_text(minded, decimals if minded >= 0.1 else 2, language)}"
    if row.difference_mean is None:
        return SIGNS[judgement]
    if judgement == "unknown" and _is_unseen(row, scale, decimals):
        return f"= {number_text(0.0, decimals or 1, language)}"
    shown = rounded(scale * row.difference_mean, decimals)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return f"{SIGNS[judgement]} {sign}{number_text(abs(shown), decimals, language)}"


def is_seen(row: CaseFigureRow) -> bool:
    """Whether the mean difference is as large as what is printed."""
    scale, decimals = _printed_in(row)
    return rounded(scale * (row.difference_mean or 0.0), decimals) != 0.0


def _is_unseen(row: CaseFigureRow, scale: float, decimals: int) -> bool:
    """Whether every pair differs by less than is printed."""
    ends = (row.pair_low, row.pair_high)
    return all(end is not None and rounded(scale * end, decimals) == 0.0 for end in ends)


def _printed_in(row: CaseFigureRow) -> tuple[float, int]:
    """What a difference is multiplied by, and its decimals."""
    if row.unit == "share":
        return 100.0, 1
    return (0.001, 0) if row.unit == "pages" else (1.0, 1)


def cost_cell(cost: float | None, people: float, language: Lang) -> MatrixCell:
    """What a case costs more, with its part for people in brackets."""
    if cost is None:
        return MatrixCell(BLANK, "", "")
    part = f"({number_text(people, 0, language)})" if people else ""
    return MatrixCell(signed_number(cost, "count", language), part, "")
