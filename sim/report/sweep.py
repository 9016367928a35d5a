"""A sweep over money and other keys: its tables, and what each key moves in words."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from sim.report.formatting import BLANK, number_text, quantity_text, signed_number, unit_of_difference
from sim.report.passage import PageTable, Passage
from sim.report.phrases import capital, say
from sim.report.study import Aim, StudyKey
from sim.report.sweep_design import counted_text, luck_text
from sim.report.sweep_levers import beside_passage, key_lines, only_money_text
from sim.report.sweep_tables import SweepTables
from sim.results.study_tables import LevelRow, SwingRow
from sim.results.words import Lang, Words

_LEVELS_WORTH_TELLING = 3
_TABLE = Words("Mỗi tham số làm chỉ tiêu thay đổi bao nhiêu", "What each key moves")
_COLUMNS = (
    Words("Chỉ tiêu", "Target"),
    Words("Tham số", "Key"),
    Words("Loại", "Kind"),
    Words("Từ", "From"),
    Words("Đến", "To"),
    Words("Thay đổi (khoảng tin cậy 95%)", "Change (95% interval)"),
)
_ROLES = {"lever": Words("đòn bẩy", "lever"), "unknown": Words("điều chưa biết", "unknown")}


def swing_text(swing: SwingRow, aim: Aim, tables: SweepTables, language: Lang) -> str:
    """What a key moves: from which value to which, with its interval; a sweep's only key is named once, on top."""
    key = tables.key(swing.key)
    moves = f"{quantity_text(swing.at_low, aim.kind, language)} → {quantity_text(swing.at_high, aim.kind, language)}"
    wording = Words("{key}từ {low} đến {high}: {moves}, {swing}", "{key}from {low} to {high}: {moves}, {swing}")
    low, high = key.value_text(swing.low, language), key.value_text(swing.high, language)
    said = say(
        wording,
        language,
        key=f"{key.title(language)} " if len(tables.keys) > 1 else "",
        low=low,
        high=high,
        moves=moves,
        swing=swing_number(swing, aim, language),
    )
    chances = chance_text(swing, tables, language)
    return f"{said}; {chances}" if chances else said


def levels_text(swing: SwingRow, aim: Aim, tables: SweepTables, language: Lang) -> str:
    """The mean at each level between the ends, and which neighbours are not told apart; empty of two levels only."""
    groups, key = tables.groups(swing.target_id, swing.key), tables.key(swing.key)
    if swing.is_by_curve or len(groups) < _LEVELS_WORTH_TELLING:
        return ""
    means = "; ".join(
        f"{key.value_text(row.value, language)}: {quantity_text(row.mean, aim.kind, language)}" for row in groups
    )
    said = say(Words("bình quân ở từng mức – {means}", "mean at each level – {means}"), language, means=means)
    runs: dict[int, list[LevelRow]] = {}
    for row in groups:
        runs.setdefault(row.plateau or 0, []).append(row)
    flat = [run for number, run in runs.items() if number and len(run) > 1]
    same = [run for run in flat if len({quantity_text(row.mean, aim.kind, language) for row in run}) == 1]
    alike = [run for run in flat if run not in same]
    if same:
        wording = Words("{said}. Như nhau: {runs}", "{said}. The same: {runs}")
        said = say(wording, language, said=said, runs=_runs_text(same, key, language))
    if alike and swing.swing_low is not None:  # else nothing is told apart yet, which is said once for all
        wording = Words(
            "{said}. Chưa phân biệt được các mức liền nhau: {runs} (khoảng chênh lệch chứa 0)",
            "{said}. Neighbouring levels that are not told apart: {runs} (the interval of the difference holds 0)",
        )
        said = say(wording, language, said=said, runs=_runs_text(alike, key, language))
    return said


def _runs_text(runs: Sequence[Sequence[LevelRow]], key: StudyKey, language: Lang) -> str:
    wording = Words("{first} đến {last}", "{first} to {last}")
    ends = [(key.value_text(run[0].value, language), key.value_text(run[-1].value, language)) for run in runs]
    return "; ".join(say(wording, language, first=first, last=last) for first, last in ends)


def swing_number(swing: SwingRow, aim: Aim, language: Lang) -> str:
    """`+6,9 điểm % (4,1 đến 9,7)`, and whether it is clear."""
    unit = unit_of_difference(aim.kind, language)
    mean = f"{signed_number(swing.swing, aim.kind, language)} {unit}".strip()
    if swing.swing_low is None or swing.swing_high is None:
        return mean
    most = 1.0 if aim.kind == "share" else inf
    ends = (max(-most, swing.swing_low), min(most, swing.swing_high))
    low, high = (signed_number(value, aim.kind, language) for value in ends)
    interval = say(Words("{low} đến {high}", "{low} to {high}"), language, low=low, high=high)
    unclear = "" if swing.is_clear else ", " + Words("chưa đủ cơ sở kết luận", "not clear").text(language)
    return f"{mean} ({interval}{unclear})"


def chance_text(swing: SwingRow, tables: SweepTables, language: Lang) -> str:
    """How the chance of the target goes from one end of the key to the other; counts where no curve is confirmed."""
    if not swing.is_by_curve:
        groups = tables.groups(swing.target_id, swing.key)
        if len(groups) < 2:
            return ""
        wording = Words(
            "đạt {k} trong {n} lần → {m} trong {o} lần mô phỏng", "reached in {k} of {n} → {m} of {o} simulations"
        )
        first, last = groups[0], groups[-1]
        return say(wording, language, k=first.reached, n=first.simulations, m=last.reached, o=last.simulations)
    curve = tables.curve(swing.target_id, swing.key)
    if not curve or curve[0].p_reached is None or curve[-1].p_reached is None:
        return ""
    shown = {
        "first": number_text(100 * curve[0].p_reached, 0, language),
        "last": number_text(100 * curve[-1].p_reached, 0, language),
    }
    return say(Words("xác suất đạt {first}% → {last}%", "chance of reaching it {first}% → {last}%"), language, **shown)


def fit_text(aim: Aim, tables: SweepTables, language: Lang) -> str:
    """What left-out cells say of a curve; empty where there are too few of them to draw one."""
    swings = tables.swings_of(aim.target_id)
    share = swings[0].predicted_share if swings else None
    if share is None or not (swings[0].is_by_curve or tables.cells_done >= tables.cells_for_a_curve):
        return ""
    confirmed = Words(
        "kiểm tra: bỏ lần lượt từng trường hợp rồi đoán lại bằng đường nối qua các trường hợp khác, đoán đúng"
        " {share}% mức chênh lệch"
        " giữa các trường hợp",
        "cross-check: each cell left out in turn, the curve through the others predicts {share}% of how cells differ",
    )
    refuted = Words(
        "không vẽ đường nối các mức: bỏ lần lượt từng trường hợp rồi đoán lại thì chỉ đúng {share}% mức chênh"
        " lệch giữa các trường hợp;"
        " các số trên là bình quân của chính các trường hợp",
        "no curve: each cell left out in turn, the others predict only {share}% of how cells differ; the numbers above"
        " are means of the cells themselves",
    )
    shown = number_text(max(0.0, 100 * share), 0, language)
    return say(confirmed if swings[0].is_by_curve else refuted, language, share=shown)


def doubt_text(tables: SweepTables, language: Lang) -> str:
    """What so few cells, or single simulations, leave unknown; said once for all targets, empty where nothing."""
    few = tables.cells_done < tables.cells_for_a_curve
    swings = [swing for aim in moving_aims(tables) for swing in tables.swings_of(aim.target_id)]
    blank = bool(swings) and all(one.swing_low is None for one in swings)
    if (not few and not blank) or any(one.is_by_curve for one in swings):  # a folder that an earlier version wrote
        return ""
    one = tables.simulations_of_a_cell == 1
    many = Words("{n} lần mô phỏng mỗi trường hợp", "{n} simulations of each")
    each = Words("một lần mô phỏng mỗi trường hợp", "one simulation of each") if one else many
    unknown = Words(
        "Chưa biết thay đổi nào là chắc: mới có {cells} trường hợp, {each}; các số dưới đây là giá trị của"
        " chính các trường hợp.",
        "Not known which change is sure: {cells} cells, {each}, so far; the numbers below are those of the cells"
        " themselves.",
    )
    known = Words(
        "Mới có {cells} trường hợp, {each}; các số dưới đây là bình quân của chính các trường hợp.",
        "{cells} cells, {each}, so far; the numbers below are means of the cells themselves.",
    )
    said = say(
        unknown if blank else known,
        language,
        cells=tables.cells_done,
        each=say(each, language, n=tables.simulations_of_a_cell),
    )
    curve = Words(" Đường nối các mức cần từ {wanted} trường hợp.", " A curve needs {wanted} cells.")
    return said + (say(curve, language, wanted=tables.cells_for_a_curve) if few else "")


def stands_still(aim: Aim, tables: SweepTables) -> bool:
    """Whether every change may be none, by its interval; False where there is no interval."""
    swings = tables.swings_of(aim.target_id)
    return bool(swings) and all(swing.swing_low is not None and not swing.is_clear for swing in swings)


def is_same(aim: Aim, tables: SweepTables) -> bool:
    """Whether the target's value is printed alike at every level of every key."""
    keys = [tables.groups(aim.target_id, key.key) for key in tables.keys]
    shown = {quantity_text(row.mean, aim.kind, "vi") for rows in keys for row in rows}
    return len(shown) == 1 and all(len(rows) > 1 for rows in keys)


def moving_aims(tables: SweepTables) -> list[Aim]:
    """The targets that some key changes, or may change, told one by one."""
    return [aim for aim in tables.aims if not is_same(aim, tables) and not stands_still(aim, tables)]


def same_text(tables: SweepTables, language: Lang) -> str:
    """The targets that are alike in all cells, each with its value, in one line; empty where there are none."""
    shown = [
        f"{aim.label} {quantity_text(tables.groups(aim.target_id, tables.keys[0].key)[0].mean, aim.kind, language)}"
        for aim in tables.aims
        if is_same(aim, tables)
    ]
    wording = Words(
        "Như nhau ở mọi trường hợp, đến chữ số được in ({n} chỉ tiêu): {listed}.",
        "The same in all cells, to the digit printed (targets: {n}): {listed}.",
    )
    return say(wording, language, n=len(shown), listed="; ".join(shown)) if shown else ""


def still_passage(tables: SweepTables, language: Lang) -> Passage | None:
    """The targets of which no change is told from none, as their intervals have it; None where there are none."""
    still = [aim for aim in tables.aims if stands_still(aim, tables) and not is_same(aim, tables)]
    if not still:
        return None
    wording = Words(
        "Chưa đủ cơ sở kết luận {n} chỉ tiêu sau có thay đổi hay không (khoảng tin cậy 95% của mọi thay đổi chứa 0):",
        "Not enough to tell whether these change (targets: {n}; the 95% interval of every change holds 0):",
    )
    points = []
    for aim in still:
        swings = tables.swings_of(aim.target_id)
        moved = "; ".join(swing_text(one, aim, tables, language) for one in swings)
        points.append(f"{aim.label}. {aim.title(language)}: {moved}.")
    return Passage(say(wording, language, n=len(still)), tuple(points))


def target_lines(aim: Aim, tables: SweepTables, language: Lang) -> list[str]:
    """What each key does to a target, each with its levels, and last how far a curve is trusted."""
    said = [
        (swing_text(one, aim, tables, language), levels_text(one, aim, tables, language))
        for one in tables.swings_of(aim.target_id)
    ]
    lines = [". ".join(capital(part) for part in parts if part) + "." for parts in said]
    trust = fit_text(aim, tables, language)
    return [*lines, *([f"{capital(trust)}."] if trust else [])]


def opening_lines(tables: SweepTables, language: Lang) -> list[str]:
    """What is varied, what luck the cells met, and what so few cells leave unknown."""
    doubt = doubt_text(tables, language)
    varied = key_lines(tables.keys, tables.manifest, language)
    return [*varied, luck_text(tables, language), *([doubt] if doubt else [])]


def closing_passages(tables: SweepTables, language: Lang) -> list[Passage]:
    """After the targets told one by one: those that do not change, those not told, and what goes along."""
    told = [same_text(tables, language), only_money_text(tables.aims, tables.beside, language)]
    same, money = (Passage(text, ()) if text else None for text in told)
    beside = beside_passage(tables.beside, tables.keys, tables.aims, language)
    return [one for one in (still_passage(tables, language), same, money, beside) if one is not None]


def sweep_passages(tables: SweepTables, language: Lang) -> list[Passage]:
    """First what was simulated, then what each key does to each target that may change, then the other targets."""
    passages = [Passage(counted_text(tables, language), tuple(opening_lines(tables, language)))]
    wording = Words("Chỉ tiêu {number}, “{title}”:", "Target {number}, “{title}”:")
    for aim in moving_aims(tables):
        if lines := target_lines(aim, tables, language):
            opening = say(wording, language, number=aim.label, title=aim.title(language))
            passages.append(Passage(opening, tuple(lines)))
    return [*passages, *closing_passages(tables, language)]


def sweep_table(tables: SweepTables, language: Lang) -> PageTable:
    """What each key moves, target by target."""
    rows = []
    for aim in tables.aims:
        for swing in tables.swings_of(aim.target_id):
            key = tables.key(swing.key)
            rows.append(
                (
                    f"{aim.label}. {aim.title(language)}",
                    f"{key.title(language)} [{key.key}]",
                    _ROLES.get(key.role, Words(BLANK, BLANK)).text(language),
                    key.value_text(swing.low, language),
                    key.value_text(swing.high, language),
                    swing_number(swing, aim, language),
                )
            )
    return PageTable(_TABLE.text(language), tuple(one.text(language) for one in _COLUMNS), tuple(rows))
