"""What a sweep shows, in words: how much each key moves each target, how sure that is, and what was not simulated."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.difference_text import signed_number, unit_of_difference
from sim.report.formatting import quantity_text
from sim.report.passage import Passage
from sim.report.phrases import say
from sim.report.study_tables import Aim, StudyTables
from sim.results.study_tables import CurvePoint, SwingRow
from sim.results.words import Lang, Words

POOR_FIT = 0.5
"""Below this predicted share of the variance a curve says little about a single cell."""
_DESIGNS = {
    "grid": Words("lưới mọi tổ hợp", "grid of all combinations"),
    "lhs": Words("siêu lập phương Latinh", "Latin hypercube"),
    "sobol": Words("dãy Sobol’", "Sobol’ sequence"),
    "morris": Words("quỹ đạo Morris", "Morris trajectories"),
    "saltelli": Words("mẫu chéo cho chỉ số Sobol’", "crossed samples for Sobol’ indices"),
}


def design_text(design: str, language: Lang) -> str:
    """What a design is called."""
    return _DESIGNS.get(design, Words(design, design)).text(language)


def counted_text(tables: StudyTables, language: Lang) -> str:
    """How many cells and simulations there are."""
    wording = Words(
        "{points} ô ({design}), đã chạy {done}/{asked} lần mô phỏng.",
        "{points} cells ({design}), {done} of {asked} simulations done.",
    )
    return say(
        wording,
        language,
        points=tables.study.get("points", 0),
        design=design_text(str(tables.study.get("design", "")), language),
        done=tables.simulations_done,
        asked=tables.simulations_asked,
    )


def luck_text(tables: StudyTables, language: Lang) -> str:
    """What luck the cells met, and so what the curves can say."""
    if tables.study.get("luck") != "common":
        wording = Words(
            "Mỗi ô gặp một tương lai riêng (tham số, may rủi khác): đường đáp ứng là trung bình trên các tương lai.",
            "Each cell meets a future of its own (other unknowns, other luck): curves are averages over futures.",
        )
    elif tables.futures <= 1:
        wording = Words(
            "Mọi ô gặp cùng một tương lai: đường đáp ứng cho biết thay đổi làm được gì trong tương lai đó, chưa cho"
            " biết xác suất đạt; thêm --replications N hoặc --luck own để có xác suất.",
            "All cells meet one and the same future: curves show what a change does in that future, not how likely a"
            " target is; --replications N or --luck own gives probabilities.",
        )
    else:
        wording = Words(
            "Mỗi ô gặp cùng {futures} tương lai (tham số và may rủi).",
            "Every cell meets the same {futures} futures (unknowns and luck).",
        )
    return say(wording, language, futures=tables.futures)


def swing_text(swing: SwingRow, aim: Aim, tables: StudyTables, language: Lang) -> str:
    """One key and one target: from which value to which, how much that moves, with its interval."""
    key = tables.key(swing.key)
    curve = tables.curve(aim.target_id, swing.key)
    moves = f"{quantity_text(curve[0].mean, aim.kind, language)} → {quantity_text(curve[-1].mean, aim.kind, language)}"
    wording = Words("{key} từ {low} đến {high}: {moves}, {swing}", "{key} from {low} to {high}: {moves}, {swing}")
    low, high = key.value_text(key.low, language), key.value_text(key.high, language)
    said = say(wording, language, key=key.title(language), low=low, high=high, moves=moves,
               swing=swing_number(swing, aim, language))  # fmt: skip
    chances = chance_text(curve, language)
    return f"{said}; {chances}" if chances else said


def swing_number(swing: SwingRow, aim: Aim, language: Lang) -> str:
    """`+6,9 điểm % (4,1 đến 9,7)`, and whether it is clear."""
    unit = unit_of_difference(aim.kind, language)
    mean = f"{signed_number(swing.swing, aim.kind, language)} {unit}".strip()
    if swing.swing_low is None or swing.swing_high is None:
        return mean
    low, high = (signed_number(value, aim.kind, language) for value in (swing.swing_low, swing.swing_high))
    interval = say(Words("{low} đến {high}", "{low} to {high}"), language, low=low, high=high)
    unclear = "" if swing.is_clear else ", " + Words("chưa rõ", "not clear").text(language)
    return f"{mean} ({interval}{unclear})"


def chance_text(curve: list[CurvePoint], language: Lang) -> str:
    """How the chance of the target goes from one end of the key to the other; empty where it cannot be told."""
    first, last = curve[0].p_reached, curve[-1].p_reached
    if first is None or last is None:
        return ""
    shown = {"first": round(100 * first), "last": round(100 * last)}
    return say(Words("xác suất đạt {first}% → {last}%", "chance of reaching it {first}% → {last}%"), language, **shown)


def fit_text(aim: Aim, tables: StudyTables, language: Lang) -> str:
    """How far the curve may be trusted for cells that were not run; empty where that is not known."""
    shares = [row.predicted_share for row in tables.curves if row.target_id == aim.target_id]
    share = shares[0] if shares else None
    if share is None:
        return ""
    wording = Words(
        "bỏ từng ô ra rồi đoán lại, đường đáp ứng nói đúng {share}% phần khác nhau giữa các ô{poor}",
        "leaving each cell out in turn, the curves predict {share}% of what differs between cells{poor}",
    )
    poor = Words(": chỉ đủ để định hướng", ": for orientation only").text(language) if share < POOR_FIT else ""
    return say(wording, language, share=max(0, round(100 * share)), poor=poor)


def stands_still(aim: Aim, tables: StudyTables) -> bool:
    """Whether no key moves the target clearly; False where that cannot be told."""
    swings = tables.swings_of(aim.target_id)
    return bool(swings) and all(swing.swing_low is not None and not swing.is_clear for swing in swings)


def still_text(aims: Sequence[Aim], language: Lang) -> str:
    """Opens the list of targets that no key moves clearly."""
    wording = Words(
        "Không khóa nào làm thay đổi rõ {n} chỉ tiêu sau (khoảng của từng khóa ở bảng):",
        "No key clearly moves these {n} targets (each key's interval is in the table):",
    )
    return say(wording, language, n=len(aims))


def sweep_passages(tables: StudyTables, language: Lang) -> list[Passage]:
    """First what was simulated, then what each key does to each target that one moves, then the targets none moves."""
    passages = [Passage(counted_text(tables, language), (luck_text(tables, language),))]
    for aim in tables.aims:
        swings = tables.swings_of(aim.target_id)
        if not swings or stands_still(aim, tables):
            continue
        opening = say(Words("Chỉ tiêu {number}, “{title}”:", "Target {number}, “{title}”:"), language,
                      number=aim.number, title=aim.title(language))  # fmt: skip
        points = [swing_text(swing, aim, tables, language) + "." for swing in swings]
        trust = fit_text(aim, tables, language)
        closing = trust[:1].upper() + trust[1:] + "." if trust else ""
        passages.append(Passage(opening, (*points, *([closing] if closing else []))))
    still = [aim for aim in tables.aims if stands_still(aim, tables)]
    if still:
        listed = tuple(f"{aim.number}. {aim.title(language)}" for aim in still)
        passages.append(Passage(still_text(still, language), listed))
    return passages
