"""A sweep over money and other keys: its tables, and what each key moves in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.report.formatting import BLANK, quantity_text, signed_number, unit_of_difference
from sim.report.manifest import Manifest, count, manifest_from
from sim.report.passage import PageTable, Passage
from sim.report.phrases import say
from sim.report.study import Aim, StudyKey, read_aims, read_cells, read_study_manifest, study_keys
from sim.results.study_tables import MAP, RESPONSE, SWINGS, CellRow, CurvePoint, MapPoint, SwingRow
from sim.results.table import TableError
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
_TABLE = Words("Mỗi khóa làm chỉ tiêu thay đổi bao nhiêu", "What each key moves")
_COLUMNS = (
    Words("Chỉ tiêu", "Target"),
    Words("Khóa", "Key"),
    Words("Loại", "Kind"),
    Words("Từ", "From"),
    Words("Đến", "To"),
    Words("Thay đổi (khoảng tin cậy 95%)", "Change (95% interval)"),
)
_ROLES = {"lever": Words("đòn bẩy", "lever"), "unknown": Words("điều chưa biết", "unknown")}


@dataclass(frozen=True, slots=True)
class SweepTables:
    """Everything the page of a sweep reads."""

    manifest: Manifest
    study: Mapping[str, object]
    keys: tuple[StudyKey, ...]
    aims: tuple[Aim, ...]
    swings: tuple[SwingRow, ...]
    curves: tuple[CurvePoint, ...]
    map: tuple[MapPoint, ...]
    cells: tuple[CellRow, ...]
    simulations_done: int
    simulations_asked: int

    def key(self, name: str) -> StudyKey:
        """The key of this name; raises TableError when the study does not vary it."""
        for one in self.keys:
            if one.key == name:
                return one
        raise TableError(f"{name}: not a key of this study")

    @property
    def futures(self) -> int:
        """Replications of each cell under common luck; 0 when each cell has its own luck."""
        if self.study.get("luck") != "common":
            return 0
        return 1 + max((row.replication for row in self.cells), default=0)

    def swings_of(self, target_id: str) -> list[SwingRow]:
        """Of one target, the largest first."""
        return sorted((row for row in self.swings if row.target_id == target_id), key=lambda row: -abs(row.swing))

    def curve(self, target_id: str, key: str) -> list[CurvePoint]:
        """Of one target along one key."""
        return [row for row in self.curves if (row.target_id, row.key) == (target_id, key)]


def read_sweep_tables(folder: Path) -> SweepTables:
    """Read a sweep's folder. Raises FileNotFoundError when a table is missing, TableError when one cannot be read."""
    manifest = read_study_manifest(folder)
    study = manifest["study"]
    keys = study_keys(study if isinstance(study, dict) else {})
    return SweepTables(
        manifest=manifest_from(manifest),
        study=study if isinstance(study, dict) else {},
        keys=keys,
        aims=read_aims(folder),
        swings=SWINGS.read(folder),
        curves=RESPONSE.read_if_there(folder),
        map=MAP.read_if_there(folder),
        cells=read_cells(folder, keys),
        simulations_done=count(manifest, "simulations_done"),
        simulations_asked=count(manifest, "simulations_asked"),
    )


def design_text(design: str, language: Lang) -> str:
    """What a design is called."""
    return _DESIGNS.get(design, Words(design, design)).text(language)


def counted_text(tables: SweepTables, language: Lang) -> str:
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


def luck_text(tables: SweepTables, language: Lang) -> str:
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


def swing_text(swing: SwingRow, aim: Aim, tables: SweepTables, language: Lang) -> str:
    """One key and one target: from which value to which, how much that moves, with its interval."""
    key = tables.key(swing.key)
    curve = tables.curve(aim.target_id, swing.key)
    moves = f"{quantity_text(curve[0].mean, aim.kind, language)} → {quantity_text(curve[-1].mean, aim.kind, language)}"
    wording = Words("{key} từ {low} đến {high}: {moves}, {swing}", "{key} from {low} to {high}: {moves}, {swing}")
    low, high = key.value_text(key.low, language), key.value_text(key.high, language)
    said = say(
        wording,
        language,
        key=key.title(language),
        low=low,
        high=high,
        moves=moves,
        swing=swing_number(swing, aim, language),
    )
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


def fit_text(aim: Aim, tables: SweepTables, language: Lang) -> str:
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


def stands_still(aim: Aim, tables: SweepTables) -> bool:
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


def sweep_passages(tables: SweepTables, language: Lang) -> list[Passage]:
    """First what was simulated, then what each key does to each target that one moves, then the targets none moves."""
    passages = [Passage(counted_text(tables, language), (luck_text(tables, language),))]
    for aim in tables.aims:
        swings = tables.swings_of(aim.target_id)
        if not swings or stands_still(aim, tables):
            continue
        opening = say(
            Words("Chỉ tiêu {number}, “{title}”:", "Target {number}, “{title}”:"),
            language,
            number=aim.number,
            title=aim.title(language),
        )
        points = [swing_text(swing, aim, tables, language) + "." for swing in swings]
        trust = fit_text(aim, tables, language)
        closing = trust[:1].upper() + trust[1:] + "." if trust else ""
        passages.append(Passage(opening, (*points, *([closing] if closing else []))))
    still = [aim for aim in tables.aims if stands_still(aim, tables)]
    if still:
        listed = tuple(f"{aim.number}. {aim.title(language)}" for aim in still)
        passages.append(Passage(still_text(still, language), listed))
    return passages


def sweep_warnings(tables: SweepTables, language: Lang) -> list[str]:
    """What is missing, and that single futures are no forecast."""
    lines = []
    failed = sum(row.status == "failed" for row in tables.cells)
    missing = tables.simulations_asked - tables.simulations_done - failed
    if failed:
        wording = Words("{n} lần mô phỏng hỏng; cells.csv nêu lỗi.", "{n} simulations failed; cells.csv says why.")
        lines.append(say(wording, language, n=failed))
    if missing > 0:
        wording = Words("Còn {n} lần mô phỏng chưa chạy.", "{n} simulations have not been run yet.")
        lines.append(say(wording, language, n=missing))
    return lines


def sweep_table(tables: SweepTables, language: Lang) -> PageTable:
    """What each key moves, target by target."""
    rows = []
    for aim in tables.aims:
        for swing in tables.swings_of(aim.target_id):
            key = tables.key(swing.key)
            rows.append(
                (
                    f"{aim.number}. {aim.title(language)}",
                    f"{key.title(language)} [{key.key}]",
                    _ROLES.get(key.role, Words(BLANK, BLANK)).text(language),
                    key.value_text(key.low, language),
                    key.value_text(key.high, language),
                    swing_number(swing, aim, language),
                )
            )
    return PageTable(_TABLE.text(language), tuple(one.text(language) for one in _COLUMNS), tuple(rows))
