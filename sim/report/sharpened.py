"""Targets made sharper by thinned draws, in words: a line each, before and after, and what that gained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from statistics import median

from sim.report.formatting import number_text, quantity_text, share_text, unit_kind
from sim.report.words import target_label, term
from sim.results.run_tables import plan_numbers
from sim.results.sharpened_tables import BLANK, CONSTANT, NO_HELP, SHARPER, WIDER, SharpenedRow
from sim.results.words import Lang, Words

_TARGET = Words(
    "{label} {title}: trung bình {plain} ± {plain_half} → {mean} ± {half}; xác suất đạt {chance}{verdict}",
    "{label} {title}: mean {plain} ± {plain_half} -> {mean} ± {half}; probability {chance}{verdict}",
)
_CHANCE = Words("{plain} ({low}–{high}) → {p} ({p_low}–{p_high})", "{plain} ({low}-{high}) -> {p} ({p_low}-{p_high})")
_SAME_CHANCE = Words("{plain} ({low}–{high}), không hẹp hơn", "{plain} ({low}-{high}), no narrower")
_WIDER = Words(
    "; khoảng rộng ra vì các lần mô phỏng đủ tình cờ gần nhau, nhiều lần mô phỏng thưa cho thấy dao động hơn",
    "; wider, since the full replications came out alike by luck: the many thinned draws differ more",
)
_UNDECIDED = Words("; vẫn chưa đủ cơ sở kết luận", "; still not decided")
_OTHERWISE = {
    NO_HELP: Words(
        "{label} {title}: mô phỏng thưa không đi sát mô phỏng đủ nên không làm tăng độ chính xác; trung bình {plain} ±"
        " {plain_half}",
        "{label} {title}: thinned draws do not follow the full ones closely enough to add anything; mean {plain} ±"
        " {plain_half}",
    ),
    CONSTANT: Words("{label} {title}: lần nào cũng {plain}", "{label} {title}: {plain} in every draw"),
    BLANK: Words(
        "{label} {title}: có lần mô phỏng không có giá trị (quá ít văn bản, hồ sơ) nên không thêm được gì",
        "{label} {title}: some draws have no value (too few documents or dossiers), so that nothing is added",
    ),
}
_WORTH = Words(
    "Tương đương chừng {worth} lần mô phỏng đủ (trung vị các chỉ tiêu biết chắc hơn).",
    "Worth about {worth} full replications (median of the targets that are surer).",
)
_NONE = Words("Không chỉ tiêu nào biết chắc hơn.", "No target is surer.")
_MEANT = Words(
    "Khoảng 95 %. Mốc việc không có ở đây: chúng tính từ riêng kinh phí. Trung vị và dải 5–95 % vẫn đọc ở bảng chỉ"
    " tiêu.",
    "Intervals are 95 %. Milestones are not here: they are counted from the money alone. Medians and 5-95 % bands stay"
    " those of the table of targets.",
)
_ROUNDING = 1e-9
_FROM = Words(
    "{n} lần mô phỏng đủ, thêm {draws} lần mô phỏng thưa; trước → sau.",
    "{n} full replications and {draws} thinned draws; before -> after.",
)


def sharpened_lines(rows: Sequence[SharpenedRow], lang: Lang) -> Iterator[str]:
    """A line for each target, in the plan's order."""
    numbers = plan_numbers(rows)
    for row in rows:
        yield _target(numbers[row.target_id], row, lang)


def sharpened_notes(rows: Sequence[SharpenedRow], lang: Lang) -> Iterator[str]:
    """What was gained, and what the intervals are of."""
    worth = worth_of_surer(rows)
    yield _NONE.text(lang) if worth is None else _WORTH.text(lang).format(worth=number_text(worth, 0, lang))
    yield _MEANT.text(lang)


def worth_of_surer(rows: Sequence[SharpenedRow]) -> float | None:
    """Full replications that the targets known more surely are worth, in the middle; None where none is."""
    worth = [row.worth for row in rows if row.state in (SHARPER, WIDER) and row.worth is not None]
    return median(worth) if worth else None


def sharpened_section(rows: Sequence[SharpenedRow], lang: Lang) -> list[str]:
    """All of it for the page; empty where a run was not made sharper."""
    if not rows:
        return []
    of = _FROM.text(lang).format(n=max(row.n for row in rows), draws=max(row.draws for row in rows))
    return [of, *sharpened_lines(rows, lang), *sharpened_notes(rows, lang)]


def _target(number: int, row: SharpenedRow, lang: Lang) -> str:
    kind = unit_kind(row.measure)
    values = {
        "label": target_label(number, row.target_id),
        "title": row.title(lang),
        "plain": quantity_text(row.plain_mean, kind, lang),
        "mean": quantity_text(row.mean, kind, lang),
        "plain_half": _half(row.plain_half_width, row, lang),
        "half": _half(row.half_width, row, lang),
    }
    if row.state not in (SHARPER, WIDER):
        return _OTHERWISE[row.state].text(lang).format(**values)
    verdict = _UNDECIDED.text(lang) if row.verdict is None else f": {term('verdict', row.verdict, lang)}"
    said = _TARGET.text(lang).format(**values, chance=_chance(row, lang), verdict=verdict)
    return said + (_WIDER.text(lang) if row.state == WIDER else "")


def _chance(row: SharpenedRow, lang: Lang) -> str:
    narrower = row.p_high - row.p_low < row.plain_p_high - row.plain_p_low
    shares = {
        "plain": row.plain_p,
        "low": row.plain_p_low,
        "high": row.plain_p_high,
        "p": row.p,
        "p_low": row.p_low,
        "p_high": row.p_high,
    }
    said = {name: share_text(share, lang) for name, share in shares.items()}
    return (_CHANCE if narrower else _SAME_CHANCE).text(lang).format(**said)


def _half(half: float | None, row: SharpenedRow, lang: Lang) -> str:
    """Half an interval in the target's unit, rounded up; of a share in percentage points."""
    if half is None:
        return ""
    is_share = unit_kind(row.measure) == "share"
    shown = number_text(ceil(10 * (100 if is_share else 1) * half - _ROUNDING) / 10, 1, lang)
    return Words("{points} điểm %", "{points} points").text(lang).format(points=shown) if is_share else shown
