"""Cases side by side in one matrix: what each reaches, how fast, how late, how full, for how much, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.report.case_targets import SHARE, clear_labels, readings_moved, targets_moved
from sim.report.comparison import CompareTables
from sim.report.formatting import BLANK, number_text, rounded, share_text, signed_number, unit_of_difference
from sim.report.phrases import capital, say
from sim.report.proposals import cost_of, stated_people
from sim.report.ranking import Ranking, ranking_text
from sim.report.touched import TOUCHES, WHOLES, touched_words
from sim.report.words import term
from sim.results.comparison_tables import Case, CaseFigureRow, ProposalRow
from sim.results.words import Lang, Words

SIGNS: Mapping[str, str] = {"better": "▲", "worse": "▼", "same": "=", "unchanged": "=", "unknown": "?"}
"""Said beside the colour, so that a page printed in black tells them apart."""
LEGEND = Words(
    "▲ tốt hơn kịch bản gốc; ▼ kém hơn; = không khác quá mức ±x (= 0: mọi lần mô phỏng như nhau); ? chưa đủ cơ sở kết "
    "luận. Số liệu của tối đa 12 tháng cuối kỳ mô phỏng (trang giấy: cộng lại; còn lại: bình quân), hồ sơ trễ hạn và "
    "vị trí quá tải của năm cuối; mọi trường hợp gặp cùng điều kiện ngẫu nhiên, chênh lệch tính theo từng cặp.",
    "▲ better than the baseline; ▼ worse; = no difference beyond ±x (= 0: every simulation the same); ? not yet known. "
    "Of the last twelve months simulated at most (paper pages: their sum; the others: means), late dossiers and "
    "overloaded posts of the last year; all cases meet the same luck, and differences are taken pair by pair.",
)
_MILLION_PER_BILLION = 1_000.0
_LEAST_MONEY_MILLION_VND = 1.0
_TARGETS = "targets_reached"


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column of the matrix: its heading, and the measure and scope of the figure it shows."""

    heading: Words
    key: tuple[str, str]


RESULTS = (
    MatrixColumn(Words("Số chỉ tiêu đạt, bình quân", "Targets reached, mean"), (_TARGETS, "all")),
    MatrixColumn(Words("Gửi điện tử được tiếp nhận", "Sent electronically and accepted"), (SHARE, "all")),
    MatrixColumn(Words("Hồ sơ trễ hạn", "Late dossiers"), ("dossier_late_share", "all")),
    MatrixColumn(Words("Trang giấy, nghìn", "Paper pages, thousand"), ("paper_pages", "all")),
)
OPERATION = (
    MatrixColumn(
        Words("Giờ đến nơi, liên thông (trung vị)", "Hours to arrive, linked (median)"),
        ("delivery_hours_median", "channel:linked"),
    ),
    MatrixColumn(
        Words("Giờ đến nơi, liên thông (95%)", "Hours to arrive, linked (95%)"),
        ("delivery_hours_p95", "channel:linked"),
    ),
    MatrixColumn(
        Words("Giờ đến nơi, giấy (trung vị)", "Hours to arrive, paper (median)"),
        ("delivery_hours_median", "channel:paper"),
    ),
    MatrixColumn(
        Words("Giờ đến nơi, giấy (95%)", "Hours to arrive, paper (95%)"), ("delivery_hours_p95", "channel:paper")
    ),
    MatrixColumn(Words("Vị trí quá tải", "Overloaded posts"), ("overloaded_posts", "all")),
    MatrixColumn(Words("Việc trên mạng bị lỗi", "E-office tasks failed"), ("eoffice_task_failed_share", "all")),
    MatrixColumn(Words("Trung tâm dữ liệu hoạt động", "Data centre up"), ("datacentre_availability", "all")),
)
COST = Words("Chi thêm, triệu đồng", "More spent, million VND")
PEOPLE = Words("trong đó con người", "of it people")
WORTH = Words("Điểm mỗi tỷ đồng", "Points a billion VND")


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What a cell says: the value, then the difference with its sign; and the word for a style sheet."""

    value: str
    difference: str
    judgement: str

    @property
    def text(self) -> str:
        """Both, one below the other."""
        return f"{self.value}\n{self.difference}" if self.difference else self.value


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One case of the matrix, with the sentences below it: what else moves, and why."""

    title: str
    results: tuple[MatrixCell, ...]
    operation: tuple[MatrixCell, ...]
    notes: tuple[str, ...]


def result_headings(language: Lang) -> list[str]:
    """Of the matrix's first half: results and money."""
    people = f"{COST.text(language)} ({PEOPLE.text(language)})"
    return [*(column.heading.text(language) for column in RESULTS), people, WORTH.text(language)]


def operation_headings(language: Lang) -> list[str]:
    """Of its second half: delivery, posts, network."""
    return [column.heading.text(language) for column in OPERATION]


def matrix_rows(tables: CompareTables, language: Lang) -> list[MatrixRow]:
    """A row a case, the baseline first; none where the folder has no operating figures."""
    if not tables.figures:
        return []
    by_case: defaultdict[str, dict[tuple[str, str], CaseFigureRow]] = defaultdict(dict)
    for row in tables.figures:
        by_case[row.cell][row.measure, row.scope] = row
    people = stated_people(tables.proposals_by_the_end)
    return [
        MatrixRow(
            title=case.title(language),
            results=(
                *(_cell(column, by_case[case.name], language) for column in RESULTS),
                *_money_cells(case, by_case[case.name], people, tables.proposals_by_the_end, language),
            ),
            operation=tuple(_cell(column, by_case[case.name], language) for column in OPERATION),
            notes=tuple(_notes(case, by_case[case.name], tables, language)),
        )
        for case in tables.cases
    ]


def notes_by_case(rows: Sequence[MatrixRow]) -> dict[str, list[str]]:
    """Each note with the titles of the cases it is true of, so that what several share is said once."""
    titles: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        for note in row.notes:
            titles[note].append(row.title)
    return dict(titles)


def _cell(column: MatrixColumn, figures: Mapping[tuple[str, str], CaseFigureRow], language: Lang) -> MatrixCell:
    row = figures.get(column.key)
    if row is None:
        return MatrixCell(BLANK, "", "")
    judgement = row.judgement or ""
    return MatrixCell(_value(row, language), _difference(row, judgement, language) if judgement else "", judgement)


def _value(row: CaseFigureRow, language: Lang) -> str:
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
        return f"{SIGNS[judgement]} ±{number_text(minded, decimals if minded >= 0.1 else 2, language)}"
    if row.difference_mean is None:
        return SIGNS[judgement]
    shown = rounded(scale * row.difference_mean, decimals)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return f"{SIGNS[judgement]} {sign}{number_text(abs(shown), decimals, language)}"


def _printed_in(row: CaseFigureRow) -> tuple[float, int]:
    """What a difference is multiplied by, and its decimals."""
    if row.unit == "share":
        return 100.0, 1
    return (0.001, 0) if row.unit == "pages" else (1.0, 1)


def _money_cells(
    case: Case,
    figures: Mapping[tuple[str, str], CaseFigureRow],
    people: Mapping[str, float],
    proposals: Sequence[ProposalRow],
    language: Lang,
) -> Iterator[MatrixCell]:
    cost, share = cost_of(case.name, [*figures.values()], proposals), figures.get((SHARE, "all"))
    if cost is None:
        yield MatrixCell(BLANK, "", "")
        yield MatrixCell(BLANK, "", "")
        return
    of_people = people.get(case.name, 0.0)
    yield MatrixCell(
        signed_number(cost, "count", language), f"({number_text(of_people, 0, language)})" if of_people else "", ""
    )
    worth = share is not None and share.judgement == "better" and cost >= _LEAST_MONEY_MILLION_VND
    if not worth or share is None or share.difference_mean is None:
        yield MatrixCell(BLANK, "", "")
        return
    gain = share.difference_mean / (cost / _MILLION_PER_BILLION)
    yield MatrixCell(signed_number(gain, "share", language), "", "")


def _notes(
    case: Case, figures: Mapping[tuple[str, str], CaseFigureRow], tables: CompareTables, language: Lang
) -> Iterator[str]:
    yield from targets_moved(case, tables, language)
    yield from readings_moved(case, tables, language)
    moved = [row for row in figures.values() if row.measure in WHOLES and row.judgement in {"better", "worse"}]
    if moved:
        yield say(
            Words("Vì sao: {causes}.", "Why: {causes}."),
            language,
            causes="; ".join(_cause_moved(row, language) for row in _largest(moved)),
        )
        return
    yield from _touched(case, tables, language)


def _largest(rows: Sequence[CaseFigureRow]) -> list[CaseFigureRow]:
    """The three causes that move most."""
    return sorted(rows, key=lambda row: -abs(row.difference_mean or 0.0))[:3]


def _cause_moved(row: CaseFigureRow, language: Lang) -> str:
    wording = Words("{cause} từ {before} thành {after} {whole}", "{cause} from {before} to {after} of {whole}")
    return say(
        wording,
        language,
        cause=term("cause", row.scope.partition(":")[2], language),
        before=share_text(row.mean - (row.difference_mean or 0.0), language),
        after=share_text(row.mean, language),
        whole=WHOLES[row.measure].text(language),
    )


def _touched(case: Case, tables: CompareTables, language: Lang) -> Iterator[str]:
    """How much there is in the baseline of what the option works on."""
    option = case.name.partition(":")[2]
    if option not in TOUCHES:
        return
    baseline, (measure, cause) = tables.cases[0].name, TOUCHES[option]
    key = (baseline, measure, f"cause:{cause}")
    share = next((row.mean for row in tables.figures if (row.cell, row.measure, row.scope) == key), None)
    if share is not None:
        yield capital(touched_words(option, share).text(language)) + "."


def conclusion(tables: CompareTables, language: Lang) -> str:
    """Who raises the share that is accepted, who lowers it, who does neither; and whose targets clearly move."""
    rows = [row for row in tables.figures if (row.measure, row.scope) == (SHARE, "all") and row.judgement]
    parts = []
    for judgement, wording in _JUDGED.items():
        mine = sorted((row for row in rows if row.judgement == judgement), key=lambda row: -(row.difference_mean or 0))
        if mine:
            minded = f"{number_text(100 * mine[0].minded, 1, language)} {unit_of_difference('share', language)}"
            names = ", ".join(_named(row, language) for row in mine)
            parts.append(say(wording, language, names=names, minded=minded))
    if not parts:
        return ""
    opening = Words(
        "Tỷ lệ gửi điện tử được tiếp nhận của cả tỉnh: ",
        "Share sent electronically and accepted, of the whole province: ",
    )
    said = opening.text(language) + "; ".join(parts) + "."
    labels = {case: clear_labels(case, tables) for case in tables.cases}
    clear = [f"“{case.title(language)}” ({', '.join(found)})" for case, found in labels.items() if found]
    wording = (
        Words("Từng chỉ tiêu, thay đổi rõ với: {cases}.", "Target by target, clearly moved by: {cases}.")
        if clear
        else Words("Chưa chỉ tiêu nào thay đổi rõ.", "No target is clearly moved yet.")
    )
    return f"{said} {say(wording, language, cases='; '.join(clear))}"


def ranked_text(tables: CompareTables, ranking: Ranking, language: Lang) -> str:
    """Which case is best of each target; of the accepted share too, while nothing can be said of any case."""
    titles = {case.name: case.title(language) for case in tables.cases}
    labels = {target.target_id: target.label for target in tables.targets}
    runs = tables.manifest.replications_done
    said = ranking_text(ranking, titles, labels, runs, language)
    judged = {row.judgement for row in tables.figures if (row.measure, row.scope) == (SHARE, "all") and row.judgement}
    if judged != {"unknown"}:
        return said
    few = _UNKNOWN_AFTER_ONE if runs == 1 else _UNKNOWN
    return f"{said} {say(few, language, n=runs)}".strip()


_UNKNOWN_AFTER_ONE = Words(
    "Theo tỷ lệ gửi điện tử được tiếp nhận: chưa biết, mới có một lần mô phỏng mỗi trường hợp.",
    "By the share sent electronically and accepted: not known, one simulation of each case so far.",
)
_UNKNOWN = Words(
    "Theo tỷ lệ gửi điện tử được tiếp nhận: chưa biết, mới có {n} lần mô phỏng mỗi trường hợp.",
    "By the share sent electronically and accepted: not known, {n} simulations of each case so far.",
)
_JUDGED: Mapping[str, Words] = {
    "better": Words("tăng rõ với {names}", "clearly up with {names}"),
    "worse": Words("giảm rõ với {names}", "clearly down with {names}"),
    "same": Words("chênh không quá {minded} so với kịch bản gốc: {names}", "within {minded} of the baseline: {names}"),
    "unchanged": Words("không đổi trong mọi lần mô phỏng: {names}", "unchanged in every simulation: {names}"),
    "unknown": Words("chưa đủ cơ sở kết luận: {names}", "not yet known: {names}"),
}


def _named(row: CaseFigureRow, language: Lang) -> str:
    title = f"“{row.case.title(language)}”"
    if row.judgement in {"same", "unchanged", "unknown"} or row.difference_mean is None:
        return title
    return f"{title} ({signed_number(row.difference_mean, 'share', language)})"
