"""A sweep on one screen: which targets its keys move, from what to what, how surely, and which they leave alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.cells import cell_len
from rich.text import Text

from sim.report.formatting import BLANK, cut, number_text, quantity_text, signed_number
from sim.report.passage import PageTable
from sim.report.phrases import say
from sim.report.study import Aim, StudyKey
from sim.report.sweep import is_same, moving_aims, stands_still, swing_number
from sim.report.sweep_levers import only_money_text
from sim.report.sweep_tables import SweepTables
from sim.report.text_table import print_table, printed, screen
from sim.results.study_tables import SwingRow
from sim.results.words import Lang, Words

_ANSWER = Words("Chỉ tiêu theo từng mức", "Targets, level by level")
_TARGET = Words("Chỉ tiêu", "Target")
_CHANGE = Words("Thay đổi (khoảng 95%)", "Change (95% interval)")
_BARE_CHANGE = Words("Thay đổi", "Change")
_GAIN = Words("Điểm %\nmỗi tỷ đồng", "Points per\nbillion VND")
_GAINS = Words("Điểm %\nmỗi tỷ đồng,\ntừng bước", "Points per\nbillion VND,\nby step")
_STEPS = " · "
_THE_PLAN = Words("(kế hoạch)", "(the plan)")
_REACHED = Words("Số lần đạt", "Times reached")
_CHANCE = Words("Xác suất đạt", "Chance")
_MOVED = Words("Thay đổi rõ: {named}.", "Clearly changed: {named}.")
_UNSURE = Words("Có thay đổi, chưa biết có chắc không: {named}.", "Changed, not known how surely: {named}.")
_NONE = Words("Chưa thấy chỉ tiêu nào thay đổi rõ.", "No target is seen to change clearly.")
_STILL = Words(
    "Chưa đủ cơ sở kết luận có thay đổi hay không (khoảng 95% chứa 0): {named}.",
    "Not told from no change (the 95% interval holds 0): {named}.",
)
_SAME = Words("Như nhau ở mọi trường hợp: {named}.", "The same in all cells: {named}.")
_WIDEST_TITLE = 48
_MOST_LEVELS = 5


def answer_lines(tables: SweepTables, language: Lang) -> Iterator[str]:
    """In words: the targets by what the keys do to them, a line each group."""
    moving = moving_aims(tables)
    clear = [aim for aim in moving if any(_is_clear(one) for one in tables.swings_of(aim.target_id))]
    unsure = [aim for aim in moving if aim not in clear]
    still = [aim for aim in tables.aims if stands_still(aim, tables) and not is_same(aim, tables)]
    same = [aim for aim in tables.aims if is_same(aim, tables)]
    if not moving and tables.aims:
        yield _NONE.text(language)
    for wording, aims in ((_MOVED, clear), (_UNSURE, unsure), (_STILL, still), (_SAME, same)):
        if aims:
            yield say(wording, language, named=", ".join(aim.label for aim in aims))
    yield from _reached_lines(tables, language)
    if text := only_money_text(tables.aims, tables.beside, language):
        yield text


def _reached_lines(tables: SweepTables, language: Lang) -> Iterator[str]:
    """Of one key, from which level on each target is reached in every simulation, and which are at no level in any."""
    if len(tables.keys) > 1 or any(swing.is_by_curve for swing in tables.swings):
        return
    key, always = tables.keys[0], defaultdict[float, list[str]](list)
    never = []
    for aim in _aims_shown(tables):
        groups = tables.groups(aim.target_id, key.key)
        if groups and not any(row.reached for row in groups):
            never.append(aim.label)
        sure = [row.reached == row.simulations for row in groups]
        first = next((at for at in range(len(sure)) if all(sure[at:])), 0)
        if first > 0:
            always[groups[first].value].append(aim.label)
    for value, labels in sorted(always.items()):
        shown, last = key.value_text(value, language), value == max(row.value for row in tables.levels)
        wording = _ALWAYS_AT if last else _ALWAYS_FROM
        yield say(wording, language, level=shown, named=", ".join(labels))
    if never:
        yield say(_NEVER, language, named=", ".join(never))


_ALWAYS_FROM = Words(
    "Đạt ở mọi lần mô phỏng từ {level} trở lên: {named}.", "Reached in every simulation from {level} on: {named}."
)
_ALWAYS_AT = Words(
    "Đạt ở mọi lần mô phỏng chỉ với {level}: {named}.", "Reached in every simulation only with {level}: {named}."
)
_NEVER = Words("Không mức nào có lần đạt: {named}.", "Reached in no simulation at any level: {named}.")


def _is_clear(swing: SwingRow) -> bool:
    return swing.swing_low is not None and bool(swing.is_clear)


def matrix_text(tables: SweepTables, language: Lang, width: int) -> str:
    """Each target that is not alike in all cells in a row: those that some key moves, then those not told from none.

    Of one key its value at every level, the plan's marked, and the change from end to end; empty for no such target.
    """
    aims = _aims_shown(tables)
    if not aims:
        return ""
    console, stream = screen(width, colour=False)
    headings = [_TARGET.text(language), *_headings(tables, language)]
    rows = [[Text(_title(aim, language)), *map(Text, _cells(aim, tables, language))] for aim in aims]
    print_table(console, headings, rows)
    return printed(stream).rstrip("\n")


def answer_page(tables: SweepTables, language: Lang) -> PageTable | None:
    """The same for a page, with the sentences that go before it below; None where no target is in it."""
    aims = _aims_shown(tables)
    if not aims:
        return None
    columns = (_TARGET.text(language), *_headings(tables, language))
    rows = [(f"{aim.label}. {aim.title(language)}", *_cells(aim, tables, language)) for aim in aims]
    return PageTable(
        title=_ANSWER.text(language),
        columns=tuple(" ".join(column.split()) for column in columns),
        rows=tuple(rows),
        note=" ".join(answer_lines(tables, language)),
    )


def _aims_shown(tables: SweepTables) -> list[Aim]:
    """Those that some key moves, then those not told from none."""
    moving = moving_aims(tables)
    return [*moving, *(aim for aim in tables.aims if aim not in moving and not is_same(aim, tables))]


def _title(aim: Aim, language: Lang) -> str:
    return cut(f"{aim.label}. {aim.title(language)}", lambda text: cell_len(text) <= _WIDEST_TITLE)


def _headings(tables: SweepTables, language: Lang) -> list[str]:
    """Of one key its ends, the change and how often the target is reached; of several the change by each."""
    if len(tables.keys) > 1:
        return ["\n".join((key.title(language), " → ".join(_ends(key, language)))) for key in tables.keys]
    key = tables.keys[0]
    by_curve = any(swing.is_by_curve for swing in tables.swings)
    shown = _levels(tables)
    gain = _GAINS if len(shown) > 2 else _GAIN
    change = _CHANGE if any(swing.swing_low is not None for swing in tables.swings) else _BARE_CHANGE
    ends = [change.text(language), *([gain.text(language)] if key.million_vnd else [])]
    levels = [_level(value, key, language) for value in shown]
    return [*levels, *ends, (_CHANCE if by_curve else _REACHED).text(language)]


def _levels(tables: SweepTables) -> list[float]:
    """The values of the only key at which a target's mean is shown: all where they are few, else both ends."""
    key = tables.keys[0]
    values = list(dict.fromkeys(row.value for row in tables.levels if row.key == key.key))
    by_curve = any(swing.is_by_curve for swing in tables.swings)
    return values if 2 < len(values) <= _MOST_LEVELS and not by_curve else [key.low, key.high]


def _level(value: float, key: StudyKey, language: Lang) -> str:
    shown = key.value_text(value, language)
    return "\n".join((shown, _THE_PLAN.text(language))) if value == key.plan else shown


def _gain(swing: SwingRow, aim: Aim, key: StudyKey, language: Lang) -> str:
    """Points gained for each billion VND between the ends of a key that is money; blank of what is no share."""
    return _per_billion(swing.swing, swing.high - swing.low, aim, key, language)


def _gains(points: Sequence[tuple[float, float | None]], aim: Aim, key: StudyKey, language: Lang) -> str:
    """As `_gain`, from each level to the next, so that it is seen where more money buys less."""
    steps = [
        BLANK if was is None or now is None else _per_billion(now - was, above - below, aim, key, language)
        for (below, was), (above, now) in pairwise(points)
    ]
    return BLANK if set(steps) == {BLANK} else _STEPS.join(steps)


def _per_billion(change: float, units: float, aim: Aim, key: StudyKey, language: Lang) -> str:
    billions = (key.million_vnd or 0.0) * units / 1000.0
    if aim.kind != "share" or billions <= 0.0:
        return BLANK
    return signed_number(change / billions, "share", language)


def _ends(key: StudyKey, language: Lang) -> list[str]:
    return [key.value_text(value, language) for value in (key.low, key.high)]


def _cells(aim: Aim, tables: SweepTables, language: Lang) -> list[str]:
    swings = {swing.key: swing for swing in tables.swings_of(aim.target_id)}
    if len(tables.keys) > 1:
        return [_change(swings.get(key.key), aim, language) for key in tables.keys]
    swing = swings.get(tables.keys[0].key)
    levels, key = _levels(tables), tables.keys[0]
    if swing is None:
        return [BLANK] * (len(levels) + (3 if key.million_vnd else 2))
    ends = {key.low: swing.at_low, key.high: swing.at_high}
    means = ends | {row.value: row.mean for row in tables.groups(aim.target_id, key.key)}
    points = [(value, (means if len(levels) > 2 else ends).get(value)) for value in levels]
    shown = [quantity_text(mean, aim.kind, language) for _, mean in points]
    gained = _gains(points, aim, key, language) if len(levels) > 2 else _gain(swing, aim, key, language)
    gain = [gained] if key.million_vnd else []
    return [*shown, swing_number(swing, aim, language), *gain, _chances(swing, tables, language)]


def _change(swing: SwingRow | None, aim: Aim, language: Lang) -> str:
    if swing is None:
        return BLANK
    ends = [quantity_text(value, aim.kind, language) for value in (swing.at_low, swing.at_high)]
    return f"{' → '.join(ends)}: {swing_number(swing, aim, language)}"


def _chances(swing: SwingRow, tables: SweepTables, language: Lang) -> str:
    """How often or how likely the target is reached: at every level where few are shown, else at both ends."""
    if swing.is_by_curve:
        shares = [point.p_reached for point in tables.curve(swing.target_id, swing.key)]
        known = [share for share in (*shares[:1], *shares[-1:]) if share is not None]
        return " → ".join(f"{number_text(100 * share, 0, language)}%" for share in known) or BLANK
    groups = tables.groups(swing.target_id, swing.key)
    shown = groups if len(groups) <= _MOST_LEVELS else (*groups[:1], *groups[-1:])
    return " → ".join(f"{row.reached}/{row.simulations}" for row in shown) or BLANK
