"""A comparison as one page a language: passages, pictures and the table of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.report.case_answer import answer_table, conclusion, ranked_text
from sim.report.case_matrix import matrix_rows, operation_headings, result_headings
from sim.report.case_targets import minded_share
from sim.report.comparison import (
    ComparedTarget,
    CompareTables,
    clearness_text,
    difference_text,
    difference_with_unit,
    is_unchanged,
    nothing_changes,
    with_differences,
)
from sim.report.figures.drawing import WrittenPicture
from sim.report.formatting import (
    BLANK,
    date_text,
    in_two_lines,
    interval_text,
    number_text,
    points_number,
    quantity_text,
    signed_number,
    unit_of_difference,
)
from sim.report.headlines import is_provisional, warnings_text
from sim.report.page import filled_page, in_words, verdict_class
from sim.report.passage import Passage
from sim.report.phrases import COLUMNS, capital, say
from sim.report.proposals import cost_of, proposals_passage, stated_apart
from sim.report.ranking import Ranking, pairing_text, ranking_passages
from sim.report.thresholds import stated_limit
from sim.report.words import is_of_money_alone, simulations, term, times_text, verdict_text
from sim.results.comparison_tables import FEWEST_PAIRS, Case, CompareRow
from sim.results.words import Lang, Words

_KIND = Words("So sánh các trường hợp", "Comparison of cases")
_HEADINGS = {
    "answer": Words("Các trường hợp cạnh nhau", "Cases side by side"),
    "matrix": Words("Mọi số đo vận hành", "All operating figures"),
    "summary": Words("Tóm tắt bằng lời", "In words"),
    "pictures": Words("Hình", "Pictures"),
    "table": Words("Bảng so sánh", "Table"),
}
_COLUMNS = {
    "case": Words("Trường hợp", "Case"),
    "difference": Words(
        "Chênh lệch so với kịch bản gốc (khoảng tin cậy 95% chung cho mọi trường hợp)",
        "More than the baseline (interval of 95% for all cases together)",
    ),
    "clearness": Words("Khác biệt", "Difference"),
    "spent": Words("Đã giải ngân, triệu đồng", "Spent, million VND"),
}
_MONEY_ALONE = Words(
    "Chỉ tiêu chỉ phụ thuộc kinh phí được tính riêng từ kinh phí, với số lần tính thử ghi ở kết luận.",
    "Targets of money are computed from the money alone, with as many draws as the verdict states.",
)
_OTHER_READINGS = Words(
    "Mỗi chỉ tiêu theo cách tính quyết định kết luận; các cách tính khác có trong compare.csv. Số đã "
    "giải ngân là trung vị.",
    "Each target by the reading that decides; the other readings are in compare.csv. Money spent is a median.",
)
SMALLEST_MONEY_NAMED_MILLION_VND = 1.0
FEWEST_TOLD_TOGETHER = 2
"""From so many on, targets that no case changes are told in one sentence."""
_MILLION_PER_BILLION = 1_000.0


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of one target, in words."""

    case: str
    value: str
    chance: str
    difference: str
    clear: str
    verdict: str
    verdict_class: str
    spent: str


@dataclass(frozen=True, slots=True)
class TargetBlock:
    """One target with its cases, the baseline first."""

    title: str
    aim: str
    lines: tuple[CaseLine, ...]


def target_blocks(tables: CompareTables, language: Lang) -> list[TargetBlock]:
    """The table of the page."""
    return [_block(target, tables, language) for target in tables.targets]


def _block(target: ComparedTarget, tables: CompareTables, language: Lang) -> TargetBlock:
    cases, spent = tables.cases, spent_by_case(tables)
    minded = minded_share(tables) if target.kind == "share" else None
    described = target.described
    parts = [term("reading", target.reading, language)]
    if described is not None:
        threshold = stated_limit(described, language)
        wording = Words("ngưỡng {threshold}, thời hạn {due}", "threshold {threshold}, due {due}")
        parts.insert(0, say(wording, language, threshold=threshold, due=date_text(described.due, language)))
    lines = tuple(
        _line(target, target.rows[case.name], spent.get(case.name), minded, language)
        for case in cases
        if case.name in target.rows
    )
    return TargetBlock(f"{target.label}. {target.title(language)}", "; ".join(parts), lines)


def _line(
    target: ComparedTarget, row: CompareRow, spent: float | None, minded: float | None, language: Lang
) -> CaseLine:
    kind = target.kind
    value, chance = BLANK, BLANK
    if row.median is not None:
        band = interval_text(row.p05, row.p95, kind, language)
        value = f"{quantity_text(row.median, kind, language)} ({band})"
    if row.p_reached is not None:
        interval = interval_text(row.p_low, row.p_high, "share", language)
        chance = f"{times_text(row, language)} ({interval})"
    return CaseLine(
        case=row.case.title(language),
        value=in_two_lines(value),
        chance=in_two_lines(chance),
        difference=in_two_lines(difference_with_unit(row, kind, language)),
        clear=clearness_text(row, minded, language),
        verdict=verdict_text(row.verdict or "", language) or BLANK,
        verdict_class=verdict_class(row.verdict or ""),
        spent=BLANK if spent is None else number_text(spent, 0, language),
    )


def _ranking(tables: CompareTables, ranking: Ranking | None, language: Lang) -> list[Passage]:
    titles = {case.name: case.title(language) for case in tables.cases}
    targets = {target.target_id: (target.label, target.kind) for target in tables.targets}
    if ranking is None:
        return []
    told = ranking_passages(ranking, titles, targets, language)
    said = ranked_text(tables, ranking, language)
    return [*([Passage(said, ())] if said else []), *told]


def comparison_page(
    tables: CompareTables,
    pictures: Sequence[WrittenPicture],
    language: Lang,
    ranking: Ranking | None,
    titles: Mapping[str, Words],
) -> str:
    """The whole page as HTML text, parameters by their titles; the same tables give the same text."""
    manifest = tables.manifest
    own = {
        "heading": in_words(_HEADINGS, language),
        "column": in_words(COLUMNS | _COLUMNS, language),
        "provisional": is_provisional(manifest),
        "warnings": [*warnings_text(manifest, language), *manifest.notes_in(language)],
        "conclusion": conclusion(tables, language),
        "answer": answer_table(tables, language),
        "matrix": matrix_rows(tables, language),
        "matrix_headings": [*result_headings(language), *operation_headings(language)],
        "passages": [*comparison_passages(tables, language), *_ranking(tables, ranking, language)],
        "blocks": target_blocks(tables, language),
        "note": f"{_OTHER_READINGS.text(language)} {pairing_text(ranking, language) if ranking else ''}".strip(),
    }
    return filled_page("compare.j2", _KIND, manifest, pictures, language, own, titles)


def _verdict_kind(verdict: str) -> str:
    """A verdict without the count of replications still needed."""
    return verdict.partition(" (")[0]


def comparison_passages(tables: CompareTables, language: Lang) -> list[Passage]:
    """First what each target gains, then what each case costs; empty where there is nothing to compare."""
    cases = tables.cases
    if len(cases) < 2:
        return []
    opening = Words(
        "So sánh {count} trường hợp với “{baseline}”, n = {n} lần mô phỏng. Mọi trường hợp gặp cùng tham số và cùng "
        "yếu tố ngẫu nhiên, nên chênh lệch dưới đây tính theo từng cặp, kèm khoảng tin cậy 95% chung cho mọi trường "
        "hợp, theo Holm (dưới {fewest} cặp: mức nhỏ nhất và lớn nhất của các cặp); “đủ cơ sở” là cả khoảng ấy nằm về "
        "một phía của 0.",
        "{count} cases against “{baseline}”, n = {n} simulations. All cases meet the same parameters and the same "
        "luck, so differences are taken pair by pair, with an interval that holds at 95% for all cases together, after "
        "Holm (below {fewest} pairs: the smallest and the largest of the pairs); “clear” is one that leaves out 0.",
    )
    runs = number_text(simulations(tables.rows) or tables.manifest.replications_done, 0, language)
    said = say(opening, language, count=len(cases) - 1, baseline=cases[0].title(language), n=runs, fewest=FEWEST_PAIRS)
    if any(is_of_money_alone(row.verdict) for row in tables.rows):
        said += " " + _MONEY_ALONE.text(language)
    still = [target for target in tables.targets if nothing_changes(target, cases)]
    unsure = [target for target in tables.targets if target not in still and _is_unsure(target, cases)]
    together = [alike for alike in (still, unsure) if len(alike) >= FEWEST_TOLD_TOGETHER]
    told = [target for target in tables.targets if not any(target in alike for alike in together)]
    gains = [_target_text(target, cases, language) for target in told]
    if unsure in together:
        gains.append(_labelled(_UNSURE, unsure, language))
    if still in together:
        gains.append(_labelled(_STILL, still, language))
    money = _money_passage(tables, language)
    proposed = proposals_passage(tables.proposals, tables.proposals_by_the_end, tables.figures, language)
    return [Passage(said, tuple(gains)), *(part for part in (money, proposed) if part)]


_STILL = Words(
    "Không trường hợp nào làm thay đổi các chỉ tiêu {names}.", "No case changes anything for targets {names}."
)
_UNSURE = Words(
    "Chưa đủ cơ sở nói trường hợp nào làm thay đổi các chỉ tiêu {names}; chênh lệch từng trường hợp ở bảng dưới.",
    "No case is known to change targets {names}; how much each case differs is in the table below.",
)


def _is_unsure(target: ComparedTarget, cases: Sequence[Case]) -> bool:
    """Whether nothing that a case does to a target is clear, its verdict included."""
    rows = with_differences(target, cases)
    verdicts = {_verdict_kind(row.verdict) for row in target.rows.values() if row.verdict}
    return bool(rows) and not any(row.holm_significant for row in rows) and len(verdicts) < 2


def _labelled(wording: Words, targets: Sequence[ComparedTarget], language: Lang) -> str:
    """Targets that are told together, by their numbers."""
    return say(wording, language, names=", ".join(str(target.label) for target in targets))


def _target_text(target: ComparedTarget, cases: Sequence[Case], language: Lang) -> str:
    rows = with_differences(target, cases)
    named = say(
        Words("chỉ tiêu {number} “{title}”", "target {number} “{title}”"),
        language,
        number=target.label,
        title=target.title(language),
    )
    better = sorted(
        (row for row in rows if row.holm_significant and (row.difference_mean or 0.0) > 0), key=_largest_first
    )
    worse = sorted(
        (row for row in rows if row.holm_significant and (row.difference_mean or 0.0) < 0), key=_largest_first
    )
    unclear = [row for row in rows if not row.holm_significant and not is_unchanged(row)]
    unchanged = [row for row in rows if is_unchanged(row)]
    unit = unit_of_difference(target.kind, language)
    parts = [
        _listed(Words("tăng rõ với {cases}", "clearly more with {cases}"), better, target, unit, language),
        _listed(Words("giảm rõ với {cases}", "clearly less with {cases}"), worse, target, unit, language),
        _named(Words("chưa đủ cơ sở nói có khác biệt: {names}", "not clearly different: {names}"), unclear, language),
        _named(Words("không làm thay đổi gì: {names}", "changing nothing: {names}"), unchanged, language),
        _verdict_changes(target, rows, cases[0], language),
    ]
    said = "; ".join(part for part in parts if part)
    return f"{capital(named)}: {said or Words('không có số liệu', 'no data').text(language)}."


def _largest_first(row: CompareRow) -> float:
    return -abs(row.difference_mean or 0.0)


def _listed(words: Words, rows: Sequence[CompareRow], target: ComparedTarget, unit: str, language: Lang) -> str:
    if not rows:
        return ""
    measured = Words("{difference} {unit}", "{difference} {unit}")
    each = [
        f"“{row.case.title(language)}” "
        + say(measured, language, difference=difference_text(row, target.kind, language), unit=unit).strip()
        for row in rows
    ]
    return say(words, language, cases=", ".join(each))


def _named(words: Words, rows: Sequence[CompareRow], language: Lang) -> str:
    if not rows:
        return ""
    return say(words, language, names=", ".join(f"“{row.case.title(language)}”" for row in rows))


def _verdict_changes(target: ComparedTarget, rows: Sequence[CompareRow], baseline: Case, language: Lang) -> str:
    first = target.rows.get(baseline.name)
    if first is None or not first.verdict:
        return ""
    changed: dict[str, list[str]] = {}
    for row in rows:
        if row.verdict and _verdict_kind(row.verdict) != _verdict_kind(first.verdict):
            changed.setdefault(_verdict_kind(row.verdict), []).append(f"“{row.case.title(language)}”")
    before = verdict_text(_verdict_kind(first.verdict), language)
    if not changed:
        return say(Words("kết luận không đổi: {before}", "the verdict stays: {before}"), language, before=before)
    wording = Words(
        "kết luận đổi từ {before} thành {after} với {names}", "the verdict goes from {before} to {after} with {names}"
    )
    return "; ".join(
        say(wording, language, before=before, after=verdict_text(after, language), names=", ".join(names))
        for after, names in changed.items()
    )


def spent_by_case(tables: CompareTables) -> dict[str, float]:
    """Median spending of each case that has one, million VND."""
    return {
        row.case.name: row.spent_median_million_vnd for row in tables.rows if row.spent_median_million_vnd is not None
    }


def _money_passage(tables: CompareTables, language: Lang) -> Passage | None:
    cases = tables.cases
    spent = spent_by_case(tables)
    before = spent.get(cases[0].name)
    if before is None:
        return None
    more = _spent_more(tables, spent)
    opening = Words(
        "Kinh phí đã giải ngân của “{baseline}”: {amount} (trung vị). Các trường hợp khác chi thêm (bình quân các cặp"
        " lần mô phỏng, cộng phần con người, thuê bao, phí mà mô phỏng không chi):",
        "Money spent in “{baseline}”: {amount} (median). The other cases spend more (mean over the pairs of"
        " simulations, with the people, subscriptions and fees that the simulation does not spend):",
    )
    points = tuple(
        _case_money(case, more[case.name], tables.targets, language) for case in cases[1:] if case.name in more
    )
    amount = quantity_text(before, "million_vnd", language)
    return Passage(say(opening, language, baseline=cases[0].title(language), amount=amount), points)


def _spent_more(tables: CompareTables, spent: Mapping[str, float]) -> dict[str, float]:
    """What each case costs more, as the matrix has it; median less median in a folder without operating figures."""
    if tables.figures:
        costs = {
            case.name: cost_of(case.name, tables.figures, tables.proposals_by_the_end) for case in tables.cases[1:]
        }
        return {name: cost for name, cost in costs.items() if cost is not None}
    apart, before = stated_apart(tables.proposals_by_the_end), spent[tables.cases[0].name]
    return {name: amount - before + apart.get(name, 0.0) for name, amount in spent.items()}


def _case_money(case: Case, more: float, targets: Sequence[ComparedTarget], language: Lang) -> str:
    """What a case costs more, with the people, subscriptions and fees that the simulation does not spend."""
    title = case.title(language)
    if abs(more) < SMALLEST_MONEY_NAMED_MILLION_VND:
        return say(Words("“{title}”: không chi thêm.", "“{title}”: nothing more is spent."), language, title=title)
    amount = quantity_text(abs(more), "million_vnd", language)
    if more < 0:
        return say(Words("“{title}”: bớt {amount}.", "“{title}”: {amount} less."), language, title=title, amount=amount)
    gains = [
        (target, row)
        for target in targets
        if (row := target.rows.get(case.name)) and row.holm_significant and (row.difference_mean or 0.0) > 0
    ]
    if not gains:
        nothing = Words(
            "“{title}”: thêm {amount}, chưa đủ cơ sở nói chỉ tiêu nào tăng.",
            "“{title}”: {amount} more, and no target is known to gain.",
        )
        return say(nothing, language, title=title, amount=amount)
    target, row = max(gains, key=lambda pair: points_number(pair[1].difference_mean or 0.0, pair[0].kind))
    worth = Words(
        "“{title}”: thêm {amount}; mỗi tỷ đồng chi thêm ứng với {gain} {unit} ở chỉ tiêu {number}.",
        "“{title}”: {amount} more; each billion VND more goes with {gain} {unit} in target {number}.",
    )
    gain = (row.difference_mean or 0.0) / (more / _MILLION_PER_BILLION)
    return say(
        worth,
        language,
        title=title,
        amount=amount,
        gain=signed_number(gain, target.kind, language),
        unit=unit_of_difference(target.kind, language),
        number=target.label,
    )
