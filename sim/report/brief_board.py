"""The brief's table of targets: verdict by verdict, each target with its value, its gap and its range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Literal

from PIL import Image, ImageDraw

from sim.report.board import BoardLine, board_lines
from sim.report.brief_layout import CELL_EDGES_MM, width_mm
from sim.report.brief_shortening import Shortening
from sim.report.formatting import (
    BLANK,
    POINTS,
    cut,
    date_text,
    number_text,
    points_number,
    quantity_text,
    share_text,
    signed_number,
    unit_kind,
    unit_of_difference,
)
from sim.report.page import verdict_class
from sim.report.passage import numbers_of, targets_named
from sim.report.phrases import COLUMNS, capital, say
from sim.report.run_tables import RunTables
from sim.report.tally import NO_DATA, by_verdict, sign_of
from sim.report.thresholds import limit_notes, limit_text
from sim.report.words import is_of_money_alone, runs_needed, term, verdict_group, verdict_text
from sim.results.run_tables import TargetRow, deciding_rows, plan_numbers
from sim.results.words import NOTHING, Lang, Words

RowKind = Literal["verdict", "target", "reading"]
_GROUP = Words("{verdict}: {count} chỉ tiêu{more}", "{verdict}: {count}{more}")
_MORE = Words(" (cần chạy thêm đến {n} lần mô phỏng)", " (up to {n} more runs needed)")
BOARD_COLUMNS = {
    "sign": Words("", ""),
    "target": COLUMNS["target"],
    "median": COLUMNS["median"],
    "range": Words("5–95%", "5–95%"),
    "threshold": Words("Ngưỡng", "Goal"),
    "gap": Words("Chênh", "Gap"),
    "times": Words("Đạt", "Met"),
    "strip": Words("0–100%", "0–100%"),
}
_NOTE_BEGINS = Words(
    "Trung vị ở ngày đến hạn; đạt: số lần đạt trên số lần mô phỏng",
    "Median at the due date; met: times met of the simulations",
)
_NOTE_OF_SIGNS = Words("Cột đầu: ký hiệu của kết luận nêu ở trên", "First column: the sign of the verdict, as above")
_NOTE_OF_RANGES = Words("; 5–95%: khoảng của chín phần mười số lần", "; 5–95%: range of nine tenths of them")
_NOTE_OF_GAP = Words("; chênh: {units}", "; gap in {units}")
_COUNTED = Words("đơn vị (chỉ tiêu đếm)", "units (of what is counted)")
_NOTE_OF_STRIPS = Words(
    "; hình: thanh là khoảng 5–95%, chấm trung vị, vạch ngưỡng", "; bar: 5–95% range, dot: median, upright: goal"
)
_DUE = Words("Thời hạn: {day}{apart}.", "Due: {day}{apart}.")
_BUT = Words("; riêng {others}", "; but {others}")
_DUE_APART = Words("{day}: số {numbers}", "{day}: no. {numbers}")
_ALONE = Words("Đạt tính bằng %: tính riêng từ kinh phí.", "Met in %: computed from the money alone.")
_READINGS_DECIDE = Words(
    "Kết luận phụ thuộc cách tính ở {named}: xem báo cáo.", "The reading decides for {named}: see the report."
)


@dataclass(frozen=True, slots=True)
class Strip:
    """A target's range beside its threshold, each a share of 0..1."""

    low: float
    median: float
    high: float
    threshold: float


@dataclass(frozen=True, slots=True)
class BriefRow:
    """A line of the table of targets: a verdict with its count, a target below it, or another reading of that target.

    Attributes:
        kind: which of the three.
        sign: repeats the verdict without colour.
        verdict_class: of colours.
        title: in words.
        cells: median, its 5-95 % range, threshold, gap between them if there is room, times reached.
        strip: the range to draw; None where the measure is no share or has no value.
    """

    kind: RowKind
    sign: str
    verdict_class: str
    title: str
    cells: tuple[str, ...] = ()
    strip: Strip | None = None


def brief_rows(targets: Sequence[TargetRow], language: Lang, shortening: Shortening) -> tuple[BriefRow, ...]:
    """Verdict by verdict, the targets of each in the plan's order."""
    lines = {line.code: line for line in board_lines(targets, language)}
    found: list[BriefRow] = []
    for group, mine in by_verdict(targets):
        found.append(_verdict_row(group, mine, language))
        for row in mine:
            found.append(_target_row(row, lines[row.target_id], language, shortening))
            if shortening.readings:
                found += _reading_rows(row, targets, language)
    return tuple(found)


def _verdict_row(group: str, rows: Sequence[TargetRow], language: Lang) -> BriefRow:
    name = capital(verdict_text(group, language) if group else NO_DATA.text(language))
    needed = max(runs_needed(row.verdict) for row in rows)
    more = say(_MORE, language, n=number_text(needed, 0, language)) if needed else ""
    said = say(_GROUP, language, verdict=name, count=len(rows), more=more)
    return BriefRow("verdict", sign_of(group), verdict_class(rows[0].verdict), said)


def _target_row(row: TargetRow, line: BoardLine, language: Lang, shortening: Shortening) -> BriefRow:
    title = f"{line.number}. {line.title}"
    if shortening.board_lines is not None:
        room = shortening.board_lines * (shortening.columns_mm[1] - CELL_EDGES_MM)
        title = cut(title, lambda text: width_mm(text, shortening.table_points) <= room)
    ranges = [_range(row, language)] if shortening.ranges else []
    gap = [_gap(row, language)] if shortening.gap else []
    cells = (line.value, *ranges, limit_text(row, language), *gap, _times(row, language))
    return BriefRow("target", line.sign, line.verdict_class, title, cells, _strip(row))


def _reading_rows(decides: TargetRow, targets: Sequence[TargetRow], language: Lang) -> list[BriefRow]:
    """The other readings whose verdict is another."""
    group = verdict_group(decides.verdict)
    return [
        BriefRow(
            "reading",
            sign_of(row.verdict),
            verdict_class(row.verdict),
            f"– {term('reading', row.reading, language)}: {verdict_text(verdict_group(row.verdict), language)}",
            (
                quantity_text(row.median, unit_kind(row.measure), language),
                _range(row, language),
                "",
                _gap(row, language),
                _times(row, language),
            ),
            _strip(row),
        )
        for row in targets
        if row.target_id == decides.target_id and row.verdict and verdict_group(row.verdict) != group
    ]


def _gap(row: TargetRow, language: Lang) -> str:
    """The median less the threshold, in percentage points where no unit is said."""
    if row.median is None:
        return BLANK
    kind = unit_kind(row.measure)
    shown = signed_number(row.median - row.shown_threshold, kind, language)
    return shown if kind == "share" else f"{shown} {unit_of_difference(kind, language)}".strip()


_SAME = Words("như nhau", "all alike")


def _range(row: TargetRow, language: Lang) -> str:
    """From the 5 to the 95 % point, without the unit that stands beside the median."""
    if row.p05 is None or row.p95 is None:
        return BLANK
    if row.p05 == row.p95:
        return _SAME.text(language)
    kind = unit_kind(row.measure)
    decimals = 0 if kind == "count" else 1
    return "–".join(number_text(points_number(end, kind), decimals, language) for end in (row.p05, row.p95))


def _times(row: TargetRow, language: Lang) -> str:
    """How many simulations reach it; of the thousands of draws of the money alone, their share."""
    if row.p_reached is None:
        return BLANK
    if is_of_money_alone(row.verdict):
        return share_text(row.p_reached, language)
    return f"{number_text(round(row.p_reached * row.n), 0, language)}/{number_text(row.n, 0, language)}"


def _strip(row: TargetRow) -> Strip | None:
    if unit_kind(row.measure) != "share" or row.median is None or row.p05 is None or row.p95 is None:
        return None
    return Strip(row.p05, row.median, row.p95, row.threshold)


def board_note(rows: Sequence[BriefRow], tables: RunTables, language: Lang, shortening: Shortening) -> str:
    """What the columns and bars mean, when the targets are due, and where a reading decides."""
    if not rows:
        return ""
    sentences = []
    parts = [
        _NOTE_BEGINS,
        *([_NOTE_OF_RANGES] if shortening.ranges else []),
        *([_note_of_gap(tables.targets)] if shortening.gap else []),
        *([_NOTE_OF_STRIPS] if shortening.strips else []),
    ]
    if not shortening.verdict_rows:
        sentences.append(f"{_NOTE_OF_SIGNS.text(language)}.")
    sentences.append("".join(words.text(language) for words in parts) + ".")
    sentences.append(_dues(tables.targets, language))
    if any(is_of_money_alone(row.verdict) for row in deciding_rows(tables.targets)):
        sentences.append(_ALONE.text(language))
    sentences += [f"{note}." for note in limit_notes(tables.targets, language)]
    if not shortening.readings and (several := _open(tables, language)):
        sentences.append(several)
    return " ".join(sentences)


def _dues(targets: Sequence[TargetRow], language: Lang) -> str:
    """When the targets are due: the day of most of them, then every other day with the numbers of its targets."""
    numbers, rows = plan_numbers(targets), deciding_rows(targets)
    days = Counter(row.due for row in rows)
    usual = max(days, key=lambda day: (days[day], day))
    apart_from: dict[date, list[str]] = {}
    for row in rows:
        if row.due != usual:
            apart_from.setdefault(row.due, []).append(str(numbers[row.target_id]))
    others = ", ".join(
        say(_DUE_APART, language, numbers=" + ".join(of_day), day=date_text(day, language))
        for day, of_day in sorted(apart_from.items())
    )
    apart = say(_BUT, language, others=others) if others else ""
    return say(_DUE, language, day=date_text(usual, language), apart=apart)


def _note_of_gap(targets: Sequence[TargetRow]) -> Words:
    """In what the gaps are given; a number of hours or of million VND has its unit beside it."""
    kinds = {unit_kind(row.measure) for row in deciding_rows(targets)}
    units = [words for kind, words in (("share", POINTS), ("count", _COUNTED)) if kind in kinds]
    if not units:
        return NOTHING
    vietnamese, english = (", ".join(words.text(language) for words in units) for language in ("vi", "en"))
    return Words(_NOTE_OF_GAP.vi.format(units=vietnamese), _NOTE_OF_GAP.en.format(units=english))


def _open(tables: RunTables, language: Lang) -> str:
    """Which targets have another verdict under another reading."""
    verdicts: dict[str, set[str]] = {}
    for row in tables.targets:
        verdicts.setdefault(row.target_id, set()).update([verdict_group(row.verdict)] if row.verdict else [])
    several = [target_id for target_id, groups in verdicts.items() if len(groups) > 1]
    if not several:
        return ""
    return say(_READINGS_DECIDE, language, named=targets_named(several, numbers_of(tables.targets), language))


WIDTH_MM, HEIGHT_MM = 19.0, 3.2
_DOTS_PER_MM = 16
"""About 400 dots per inch."""
_INK, _RANGE = (0, 255), (130, 255)
"""Shade of grey, and that it hides what is behind."""


def strip_picture(strip: Strip) -> BytesIO:
    """The strip as PNG: a bar from the 5 to the 95 % point, a dot at the median, an upright line at the threshold."""
    wide, high = round(WIDTH_MM * _DOTS_PER_MM), round(HEIGHT_MM * _DOTS_PER_MM)
    picture = Image.new("LA", (wide, high), (255, 0))
    draw = ImageDraw.Draw(picture)
    edge, middle, thin = high // 4, high // 2, high // 14
    at = {
        name: edge + round(min(1.0, max(0.0, share)) * (wide - 1 - 2 * edge))
        for name, share in (
            ("low", strip.low),
            ("median", strip.median),
            ("high", strip.high),
            ("due", strip.threshold),
        )
    }
    draw.line((edge, middle, wide - 1 - edge, middle), fill=_RANGE, width=1)
    draw.rectangle((at["low"], middle - 2 * thin, at["high"], middle + 2 * thin), fill=_RANGE)
    draw.rectangle((at["due"] - thin, 0, at["due"] + thin, high - 1), fill=_INK)
    radius = high // 4
    draw.ellipse((at["median"] - radius, middle - radius, at["median"] + radius, middle + radius), fill=_INK)
    written = BytesIO()
    picture.save(written, format="PNG")
    written.seek(0)
    return written
