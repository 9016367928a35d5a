"""Targets made sharper by thinned draws, in words: a line each, before and after, and what that gained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from statistics import median

from sim.report.formatting import number_text, quantity_text, share_text, unit_kind
from sim.report.words import target_label, term
from sim.results.run_tables import plan_numbers
from sim.results.sharpened_tables import BLANK, CONSTANT, NO_HELP, SHARPER, SharpenedRow
from sim.results.words import Lang, Words

_TARGET = Words(
    "{label} {title}: trung bình {plain} ± {plain_half} → {mean} ± {half}; xác suất đạt {chance}{verdict}",
    "{label} {title}: mean {plain} ± {plain_half} -> {mean} ± {half}; probability {chance}{verdict}",
)
_CHANCE = Words("{plain} ({low}–{high}) → {p} ({p_low}–{p_high})", "{plain} ({low}-{high}) -> {p} ({p_low}-{p_high})")
_SAME_CHANCE = Words("{plain} ({low}–{high}), không hẹp hơn", "{plain} ({low}-{high}), no narrower")
_UNDECIDED = Words("; vẫn chưa đủ cơ sở kết luận", "; still not decided")
_OTHERWISE = {
    NO_HELP: Words(
        "{label} {title}: không có hàng chờ thì khác hẳn, nên mô phỏng thưa không làm hẹp được; trung bình {plain} ±"
        " {plain_half}",
        "{label} {title}: quite another without its queues, so that thinned draws do not narrow it; mean {plain} ±"
        " {plain_half}",
    ),
    CONSTANT: Words("{label} {title}: lần nào cũng {plain}", "{label} {title}: {plain} in every draw"),
    BLANK: Words(
        "{label} {title}: mô phỏng thưa còn quá ít văn bản, hồ sơ để tính",
        "{label} {title}: too few documents and dossiers are left in the thinned world",
    ),
}
_GAIN = Words(
    "Chỉ bằng mô phỏng đủ, cùng độ hẹp của trung bình phải mất gấp {gain} lần thời gian (trung vị các chỉ tiêu hẹp"
    " hơn).",
    "Full replications alone would need {gain} times the simulating for the same width of the mean (median of the"
    " targets that are narrower).",
)
_NONE = Words(
    "Không chỉ tiêu nào hẹp hơn: hãy dùng extend để thêm lần mô phỏng đủ.",
    "No target is narrower: add full replications with extend.",
)
_MEANT = Words(
    "Khoảng 95 %. Mốc việc không có ở đây: chúng tính từ riêng kinh phí. Trung vị và dải 5–95 % vẫn đọc ở bảng chỉ"
    " tiêu.",
    "Intervals are 95 %. Milestones are not here: they are counted from the money alone. Medians and 5-95 % bands stay"
    " those of the table of targets.",
)
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
    gains = [row.gain for row in rows if row.state == SHARPER and row.gain is not None]
    yield _GAIN.text(lang).format(gain=number_text(median(gains), 1, lang)) if gains else _NONE.text(lang)
    yield _MEANT.text(lang)


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
    if row.state != SHARPER:
        return _OTHERWISE[row.state].text(lang).format(**values)
    verdict = _UNDECIDED.text(lang) if row.verdict is None else f": {term('verdict', row.verdict, lang)}"
    return _TARGET.text(lang).format(**values, chance=_chance(row, lang), verdict=verdict)


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
    if unit_kind(row.measure) != "share":
        return number_text(half, 1, lang)
    points = Words("{points} điểm %", "{points} points").text(lang)
    return points.format(points=number_text(ceil(1000 * half - 1e-9) / 10, 1, lang))
