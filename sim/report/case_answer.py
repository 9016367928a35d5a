"""The answer of a comparison: cases in order, what each is bought for, what it costs, what else it changes and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.report.case_effects import effects_of, effects_text, is_minded, largest_text, lowered, worth_text
from sim.report.case_matrix import (
    OPERATION,
    RESULTS,
    MatrixCell,
    MatrixColumn,
    cell_of,
    cost_cell,
    cost_heading,
    figures_by_case,
    is_moved,
    strongest_figure,
    value_text,
)
from sim.report.case_order import order_text, ordered_cases
from sim.report.case_target_matrix import TargetMatrix, target_matrix
from sim.report.case_targets import SHARE, clear_labels, readings_moved, targets_moved
from sim.report.comparison import CompareTables
from sim.report.formatting import BLANK, number_text, share_text, signed_number, unit_of_difference
from sim.report.phrases import capital, say
from sim.report.proposals import bridge_lines, cost_of, stated_people
from sim.report.ranking import Ranking, ranking_text
from sim.report.touched import TOUCHES, WHOLES, touched_words
from sim.report.words import term, verdict_group
from sim.results.comparison_tables import FEWEST_PAIRS, NOT_ELECTRONIC_SHARE, Case, CaseFigureRow
from sim.results.words import Lang, Words

_HEADLINE = (SHARE, "all")
_LEGEND: Mapping[str, Words] = {
    "▲": Words("▲ tốt hơn kịch bản gốc", "▲ better than the baseline"),
    "▼": Words("▼ kém hơn", "▼ worse"),
    "= 0": Words("= 0: mọi cặp lần mô phỏng như nhau", "= 0: every pair of simulations the same"),
    "= 0,0": Words("= 0,0: mọi cặp chênh chưa đến mức làm tròn", "= 0.0: every pair differs by less than is printed"),
    "±": Words("±x: chênh không quá mức đó", "±x: no difference beyond it"),
    "?": Words("?: chưa đủ cơ sở kết luận", "?: not yet known"),
    "cặp": Words("“2/2 cặp tăng”: số cặp lần mô phỏng cùng tăng", "“2 of 2 pairs up”: pairs of simulations that agree"),
}
_MEASURED = Words(
    "Các mức và chênh lệch là bình quân các lần mô phỏng (lệnh run in trung vị, nên có thể hơi khác). Số liệu của tối"
    " đa 12 tháng "
    "cuối kỳ mô phỏng (trang giấy: cộng lại; còn lại: bình quân), hồ sơ trễ hạn và vị trí "
    "quá tải của năm cuối, chỉ tiêu tại thời hạn; mọi trường hợp gặp cùng điều kiện ngẫu nhiên, chênh lệch tính theo "
    "từng cặp.",
    "Levels and differences are means of the simulations (run prints medians, which may differ a little). Of the last"
    " twelve "
    "months simulated at most (paper pages: their sum; the others: means), late dossiers and "
    "overloaded posts of the last year, targets at their due dates; all cases meet the same luck, and differences are "
    "taken pair by pair.",
)
WORTH = Words("Điểm % tăng cho mỗi tỷ đồng", "Points gained a billion VND")
STRONGEST = Words("Tác động lớn nhất", "Strongest effect")
_ALIKE = Words(
    "Không trường hợp nào chênh đáng kể so với kịch bản gốc ở: {measures}.",
    "No case differs by as much as anybody minds in: {measures}.",
)
_REACHED = Words(
    "Đạt ngưỡng trong một lần mô phỏng chưa phải là chắc đạt được; số chỉ tiêu chắc đạt được theo kết luận: {cases}.",
    "To be met in a simulation is not to be sure; targets with the verdict of being reachable: {cases}.",
)
_REACHED_BY = Words("{titles} {k}/{all}", "{titles} {k} of {all}")


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """What is read first: each case with its strongest effect and its money, and what else some case changes.

    Attributes:
        headings: of the columns after the case.
        rows: the cases, the highest share first, each with its cells and the sentences below it.
        first: how many of the columns are read first; the others say how things run.
        money: why what is spent more is not the budget that the options state; empty where it is.
        alike: which measures no case changes by as much as anybody minds; empty for none.
        reached: how many targets have the verdict of being reachable, which is counted otherwise; empty for none.
        targets: how much each case moves each target; None where none moves.
        legend: what the signs that occur mean.
    """

    headings: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
    first: int
    money: str
    alike: str
    reached: str
    targets: TargetMatrix | None
    legend: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One case of it."""

    title: str
    cells: tuple[MatrixCell, ...]
    notes: tuple[str, ...]


def answer_table(tables: CompareTables, language: Lang) -> AnswerTable | None:
    """The first screen of a comparison; None where the folder has no operating figures."""
    if not tables.figures:
        return None
    by_case = figures_by_case(tables)
    kept = [column for column in (*RESULTS, *OPERATION) if column.key != _HEADLINE and _is_changed(column, by_case)]
    headline = next(column for column in RESULTS if column.key == _HEADLINE)
    rows = tuple(
        AnswerRow(
            title=case.title(language),
            cells=(
                cell_of(headline, by_case[case.name], language, counted=True),
                *_bought(case, by_case[case.name], tables, language),
                *(cell_of(column, by_case[case.name], language) for column in kept),
            ),
            notes=tuple(_notes(case, by_case[case.name], tables, language)),
        )
        for case in ordered_cases(tables)
    )
    money = (STRONGEST.text(language), cost_heading(language), WORTH.text(language))
    targets = target_matrix(tables, language)
    cells = [cell.text for row in rows for cell in row.cells]
    cells += [cell.text for line in (targets.rows if targets else ()) for cell in line.cells]
    return AnswerTable(
        headings=(headline.heading.text(language), *money, *(column.heading.text(language) for column in kept)),
        rows=rows,
        first=1 + len(money),
        money=" ".join(bridge_lines(tables.proposals_by_the_end, tables.figures, language)),
        alike=_alike_text(kept, by_case[tables.cases[0].name], language),
        reached=_reached_text(tables, language),
        targets=targets,
        legend=_legend_text(cells, language),
    )


def _bought(
    case: Case, figures: Mapping[tuple[str, str], CaseFigureRow], tables: CompareTables, language: Lang
) -> Iterator[MatrixCell]:
    """The strongest effect, the money, and what they come to together."""
    if case.name == tables.cases[0].name:
        yield from (MatrixCell(BLANK, "", ""),) * 3
        return
    effects = effects_of(case, tables)
    judgement = {"▲": "better", "▼": "worse"}.get(effects[0].sign, "") if effects else ""
    said = effects_text(effects, case, tables, language)
    if not effects and (running := strongest_figure(figures, language)):
        said, judgement = running.text, running.judgement
    yield MatrixCell(said, "", judgement)
    proposals = tables.proposals_by_the_end
    cost = cost_of(case.name, [*figures.values()], proposals)
    yield cost_cell(cost, stated_people(proposals).get(case.name, 0.0), language)
    yield MatrixCell(worth_text(effects, figures.get(_HEADLINE), cost, language) or BLANK, "", "")


def _is_changed(column: MatrixColumn, by_case: Mapping[str, Mapping[tuple[str, str], CaseFigureRow]]) -> bool:
    """Whether some case differs by as much as anybody minds and is printed, be it sure or not."""
    rows = (figures.get(column.key) for figures in by_case.values())
    return any(row is not None and is_moved(row) for row in rows)


def _alike_text(kept: Sequence[MatrixColumn], baseline: Mapping[tuple[str, str], CaseFigureRow], language: Lang) -> str:
    left = [
        f"{column.heading.text(language)} ({value_text(row, language)})"
        for column in (*RESULTS, *OPERATION)
        if column not in kept and column.key != _HEADLINE and (row := baseline.get(column.key))
    ]
    return say(_ALIKE, language, measures="; ".join(left)) if left else ""


def _reached_text(tables: CompareTables, language: Lang) -> str:
    """How many targets each case is sure to reach, cases with as many together."""
    by_number: defaultdict[int, list[str]] = defaultdict(list)
    for case in ordered_cases(tables):
        verdicts = [target.rows[case.name].verdict for target in tables.targets if case.name in target.rows]
        by_number[sum(verdict_group(verdict) == "reachable" for verdict in verdicts)].append(case.title(language))
    if not tables.targets:
        return ""
    every = Words("mọi trường hợp", "all cases").text(language)
    parts = [
        say(
            _REACHED_BY,
            language,
            titles=every if len(by_number) == 1 else ", ".join(f"“{title}”" for title in titles),
            k=number,
            all=len(tables.targets),
        )
        for number, titles in sorted(by_number.items(), reverse=True)
    ]
    return say(_REACHED, language, cases="; ".join(parts))


def _legend_text(cells: Sequence[str], language: Lang) -> str:
    """What the signs that occur mean, and what the figures are of."""
    used = {sign for text in cells for line in text.split("\n") if (sign := _sign_of(line))}
    used |= {"cặp"} if any(Words(" cặp ", " pairs ").text(language) in text for text in cells) else set()
    signs = [words.text(language) for sign, words in _LEGEND.items() if sign in used]
    return ". ".join([*(["; ".join(signs)] if signs else []), _MEASURED.text(language)])


def _sign_of(line: str) -> str:
    if line.startswith("="):
        return "= 0" if line == "= 0" else "= 0,0"
    return line[:1] if line[:1] in _LEGEND else ""


def notes_by_case(rows: Sequence[AnswerRow]) -> dict[str, list[str]]:
    """Each note with the titles of the cases it is true of, so that what several share is said once."""
    titles: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        for note in row.notes:
            titles[note].append(row.title)
    return dict(titles)


def _notes(
    case: Case, figures: Mapping[tuple[str, str], CaseFigureRow], tables: CompareTables, language: Lang
) -> Iterator[str]:
    effects = effects_of(case, tables)
    shown = {effect.target.target_id for effect in effects}
    yield from targets_moved(case, tables, shown, language)
    yield from _slowed(case, tables, language)
    yield from readings_moved(case, tables, language)
    more = _more_sent(figures)
    moved = [row for row in figures.values() if row.judgement in {"better", "worse"} and _explains(row, more)]
    if moved:
        yield say(
            Words("Vì sao: {causes}.", "Why: {causes}."),
            language,
            causes="; ".join(_cause_moved(row, language) for row in _largest(moved)),
        )
        return
    yield from _touched(case, tables, language)


def _more_sent(figures: Mapping[tuple[str, str], CaseFigureRow]) -> float:
    """How much more is sent electronically in a case than without it; 0 where not even all pairs agree on that."""
    headline = figures.get(_HEADLINE)
    if headline is None or not headline.difference_mean:
        return 0.0
    agree = headline.pair_higher if headline.difference_mean > 0.0 else headline.pair_lower
    is_known = headline.judgement in {"better", "worse"} or (headline.pairs and agree == headline.pairs)
    return headline.difference_mean if is_known else 0.0


def _explains(row: CaseFigureRow, more_sent: float) -> bool:
    """Whether a part of a whole can be why: of what is not sent electronically one that shrinks as more is, or grows.

    The others move the other way only because the parts of a whole add up to it.
    """
    if row.measure == NOT_ELECTRONIC_SHARE:
        return (row.difference_mean or 0.0) * more_sent < 0.0
    return row.measure in WHOLES


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


def _slowed(case: Case, tables: CompareTables, language: Lang) -> Iterator[str]:
    """Why an option that brings money of its own lowers a target: the province's project teams do its work too."""
    if not any(row.by_team for row in tables.proposals if row.cell == case.name):
        return
    lower = [effect.target.label for effect in lowered(case, tables) if effect.is_agreed and is_minded(effect, tables)]
    if lower:
        yield say(_SLOWED, language, targets=", ".join(lower))


_SLOWED = Words(
    "Vì sao {targets} giảm: kinh phí của phương án là khoản bổ sung, không lấy của mục nào trong kế hoạch, nhưng các "
    "đội triển khai của tỉnh phải lắp thêm phần này nên việc khác lùi lại.",
    "Why {targets} falls: the option's money is added and taken from no line of the plan, but the province's project "
    "teams install this too, and other work comes later.",
)


def conclusion(tables: CompareTables, language: Lang) -> list[str]:
    """Cases in order, the largest effect on a target, and what of it is sure; empty without figures that are judged."""
    rows = [row for row in tables.figures if (row.measure, row.scope) == _HEADLINE and row.judgement]
    if not rows:
        return []
    parts = (order_text(tables, language), largest_text(tables, language), sure_text(tables, rows, language))
    return [part for part in parts if part]


def sure_text(tables: CompareTables, rows: Sequence[CaseFigureRow], language: Lang) -> str:
    """Of the share: who clearly raises it, lowers it, does neither, is not known; and whose targets clearly move.

    Args:
        tables: of the comparison.
        rows: the share in each case but the baseline, judged.
        language: of the words.
    """
    labels = {case: clear_labels(case, tables) for case in tables.cases}
    clear = [f"“{case.title(language)}” ({', '.join(found)})" for case, found in labels.items() if found]
    judged = {row.judgement for row in rows}
    if tables.order and not clear and "unknown" in judged and judged <= {"unknown", "unchanged"}:
        pairs = max(row.pairs or 0 for row in rows)
        return say(_NOTHING_SURE if pairs >= FEWEST_PAIRS else _TOO_FEW, language, n=pairs, fewest=FEWEST_PAIRS)
    parts = []
    for judgement, wording in _JUDGED.items():
        mine = sorted((row for row in rows if row.judgement == judgement), key=lambda row: -(row.difference_mean or 0))
        if mine:
            minded = f"{number_text(100 * mine[0].minded, 1, language)} {unit_of_difference('share', language)}"
            names = ", ".join(_named(row, language) for row in mine)
            parts.append(say(wording, language, names=names, minded=minded))
    wording = (
        Words("Từng chỉ tiêu, đổi đáng kể với: {cases}.", "Target by target, clearly moved by: {cases}.")
        if clear
        else Words(
            "Chưa chỉ tiêu nào đủ cơ sở để nói là đổi đáng kể.",
            "No target is known to move by as much as anybody minds.",
        )
    )
    return f"{_AGAINST.text(language)}{'; '.join(parts)}. {say(wording, language, cases='; '.join(clear))}"


_AGAINST = Words(
    "Tỷ lệ gửi điện tử được tiếp nhận so với kịch bản gốc: ",
    "Share sent electronically and accepted, against the baseline: ",
)
_TOO_FEW = Words(
    "Mới có {n} cặp lần mô phỏng: chưa khác biệt đáng kể nào so với kịch bản gốc đủ cơ sở kết luận (cần từ {fewest}"
    " cặp).",
    "{n} pairs of simulations so far: no difference from the baseline that matters is known for sure (that takes"
    " {fewest} pairs).",
)
_NOTHING_SURE = Words(
    "Chưa khác biệt đáng kể nào so với kịch bản gốc đủ cơ sở kết luận ({n} cặp lần mô phỏng).",
    "No difference from the baseline that matters is known for sure yet ({n} pairs of simulations).",
)


def ranked_text(tables: CompareTables, ranking: Ranking, language: Lang) -> str:
    """Which case is best of each target."""
    titles = {case.name: case.title(language) for case in tables.cases}
    labels = {target.target_id: target.label for target in tables.targets}
    return ranking_text(ranking, titles, labels, tables.manifest.replications_done, language)


_JUDGED: Mapping[str, Words] = {
    "better": Words("tăng rõ với {names}", "clearly up with {names}"),
    "worse": Words("giảm rõ với {names}", "clearly down with {names}"),
    "same": Words("chênh không quá {minded}: {names}", "within {minded} of it: {names}"),
    "unchanged": Words("không đổi trong mọi lần mô phỏng: {names}", "unchanged in every simulation: {names}"),
    "unknown": Words("chưa đủ cơ sở kết luận: {names}", "not yet known: {names}"),
}


def _named(row: CaseFigureRow, language: Lang) -> str:
    title = f"“{row.case.title(language)}”"
    if row.judgement in {"same", "unchanged", "unknown"} or row.difference_mean is None:
        return title
    return f"{title} ({signed_number(row.difference_mean, 'share', language)})"
