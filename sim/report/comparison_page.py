"""The comparison as one page a language: words, pictures and the table of cases; nothing is loaded from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.compare_tables import ComparedTarget, CompareTables
from sim.report.comparison_words import comparison_passages, spent_by_case
from sim.report.difference_text import difference_text, is_unchanged, unit_of_difference
from sim.report.figures.drawing import WrittenPicture
from sim.report.formatting import (
    BLANK,
    date_text,
    frequency_text,
    in_two_lines,
    interval_text,
    number_text,
    quantity_text,
    threshold_text,
)
from sim.report.headlines import is_provisional, warnings_text
from sim.report.page import filled_page, in_words, verdict_class
from sim.report.passage import Passage
from sim.report.phrases import COLUMNS, say
from sim.report.ranking_words import Ranking, ranking_passages
from sim.report.words import term, verdict_text
from sim.results.comparison_tables import Case, CompareRow
from sim.results.words import Lang, Words

_KIND = Words("So sánh các trường hợp", "Comparison of cases")
_HEADINGS = {
    "summary": Words("Tóm tắt bằng lời", "In words"),
    "pictures": Words("Hình", "Pictures"),
    "table": Words("Bảng so sánh", "Table"),
}
_COLUMNS = {
    "case": Words("Trường hợp", "Case"),
    "difference": Words("Hơn kịch bản gốc (khoảng tin cậy 95%)", "More than the baseline (95% interval)"),
    "clearness": Words("Khác biệt", "Difference"),
    "spent": Words("Đã chi, triệu đồng", "Spent, million VND"),
}
_CLEAR = Words("rõ", "clear")
_UNCLEAR = Words("chưa rõ", "not clear")
_NONE = Words("không", "none")
_OTHER_READINGS = Words(
    "Mỗi chỉ tiêu theo cách tính quyết định kết luận; các cách tính khác có trong compare.csv. Số đã chi là trung vị.",
    "Each target by the reading that decides; the other readings are in compare.csv. Money spent is a median.",
)


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
    spent = spent_by_case(tables)
    return [_block(target, tables.cases, spent, language) for target in tables.targets]


def _block(target: ComparedTarget, cases: Sequence[Case], spent: dict[str, float], language: Lang) -> TargetBlock:
    described = target.described
    parts = [term("reading", target.reading, language)]
    if described is not None:
        threshold = threshold_text(described.threshold, target.kind, language)
        wording = Words("ngưỡng {threshold}, thời hạn {due}", "threshold {threshold}, due {due}")
        parts.insert(0, say(wording, language, threshold=threshold, due=date_text(described.due, language)))
    lines = tuple(
        _line(target, target.rows[case.name], spent.get(case.name), language)
        for case in cases
        if case.name in target.rows
    )
    return TargetBlock(f"{target.number}. {target.title(language)}", "; ".join(parts), lines)


def _line(target: ComparedTarget, row: CompareRow, spent: float | None, language: Lang) -> CaseLine:
    kind = target.kind
    value, chance = BLANK, BLANK
    if row.median is not None:
        band = interval_text(row.p05, row.p95, kind, language)
        value = f"{quantity_text(row.median, kind, language)} ({band})"
    if row.p_reached is not None:
        interval = interval_text(row.p_low, row.p_high, "share", language)
        chance = f"{frequency_text(row.p_reached, row.n, language)} ({interval})"
    difference = difference_text(row, kind, language)
    if row.difference_mean is not None and not is_unchanged(row):
        mean, _, rest = difference.partition(" (")
        difference = f"{mean} {unit_of_difference(kind, language)}".strip() + (f" ({rest}" if rest else "")
    clear = _CLEAR if row.holm_significant else _NONE if is_unchanged(row) else _UNCLEAR
    return CaseLine(
        case=row.case.title(language),
        value=in_two_lines(value),
        chance=in_two_lines(chance),
        difference=in_two_lines(difference),
        clear=BLANK if row.difference_mean is None else clear.text(language),
        verdict=verdict_text(row.verdict or "", language) or BLANK,
        verdict_class=verdict_class(row.verdict or ""),
        spent=BLANK if spent is None else number_text(spent, 0, language),
    )


def _ranking(tables: CompareTables, ranking: Ranking | None, language: Lang) -> list[Passage]:
    titles = {case.name: case.title(language) for case in tables.cases}
    targets = {target.target_id: (target.number, target.kind) for target in tables.targets}
    return [] if ranking is None else ranking_passages(ranking, titles, targets, language)


def comparison_page(
    tables: CompareTables, pictures: Sequence[WrittenPicture], language: Lang, ranking: Ranking | None = None
) -> str:
    """The whole page as HTML text; the same tables give the same text."""
    manifest = tables.manifest
    own = {
        "heading": in_words(_HEADINGS, language),
        "column": in_words(COLUMNS | _COLUMNS, language),
        "provisional": is_provisional(manifest),
        "warnings": warnings_text(manifest, language),
        "passages": [*comparison_passages(tables, language), *_ranking(tables, ranking, language)],
        "blocks": target_blocks(tables, language),
        "note": _OTHER_READINGS.text(language),
    }
    return filled_page("compare.j2", _KIND, manifest, pictures, language, own)
