"""A sweep over money and other keys: its tables, and what each key moves in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path

from sim.report.formatting import BLANK, number_text, quantity_text, signed_number, unit_of_difference
from sim.report.manifest import Manifest, count, manifest_from
from sim.report.passage import PageTable, Passage
from sim.report.phrases import capital, say
from sim.report.study import Aim, StudyKey, read_aims, read_cells, read_study_manifest, study_keys
from sim.report.sweep_levers import beside_passage, key_lines, only_money_text
from sim.results.study_tables import (
    BESIDE,
    LEVELS,
    MAP,
    RESPONSE,
    SWINGS,
    BesideRow,
    CellRow,
    CurvePoint,
    LevelRow,
    MapPoint,
    SwingRow,
)
from sim.results.table import TableError
from sim.results.words import NOTHING, Lang, Words

FEW_FUTURES = 20
"""Below this many futures a sweep is a first answer, as a run is with so many simulations."""
_CELLS_FOR_A_CURVE = 10
"""Cells for each key below which a curve that bends is seldom confirmed (a rule of thumb of computer experiments:
Loeppky, Sacks, Welch, Technometrics 51 (2009) 366)."""
_LEVELS_WORTH_TELLING = 3
_DESIGNS = {
    "grid": Words("mọi tổ hợp của các mức", "all combinations of the levels"),
    "lhs": Words("rải đều, siêu lập phương Latinh", "spread evenly, Latin hypercube"),
    "sobol": Words("dãy Sobol’", "Sobol’ sequence"),
    "morris": Words("quỹ đạo Morris", "Morris trajectories"),
    "saltelli": Words("mẫu chéo cho chỉ số Sobol’", "crossed samples for Sobol’ indices"),
}
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


@dataclass(frozen=True, slots=True)
class SweepTables:
    """Everything the page of a sweep reads."""

    manifest: Manifest
    study: Mapping[str, object]
    keys: tuple[StudyKey, ...]
    aims: tuple[Aim, ...]
    swings: tuple[SwingRow, ...]
    curves: tuple[CurvePoint, ...]
    levels: tuple[LevelRow, ...]
    map: tuple[MapPoint, ...]
    cells: tuple[CellRow, ...]
    simulations_done: int
    simulations_asked: int
    beside: tuple[BesideRow, ...] = ()

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
        """Of one target along one key; empty where left-out cells do not confirm a curve."""
        return [row for row in self.curves if (row.target_id, row.key) == (target_id, key)]

    def groups(self, target_id: str, key: str) -> list[LevelRow]:
        """Means of the cells that stand together along one key, the lowest first."""
        return [row for row in self.levels if (row.target_id, row.key) == (target_id, key)]


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
        levels=LEVELS.read_if_there(folder),
        map=MAP.read_if_there(folder),
        cells=read_cells(folder, keys),
        simulations_done=count(manifest, "simulations_done"),
        simulations_asked=count(manifest, "simulations_asked"),
        beside=BESIDE.read_if_there(folder),
    )


def design_text(design: str, language: Lang) -> str:
    """What a design is called."""
    return _DESIGNS.get(design, Words(design, design)).text(language)


def counted_text(tables: SweepTables, language: Lang) -> str:
    """How many cells and simulations there are."""
    wording = Words(
        "{points} ô, mỗi ô là một bộ giá trị của các tham số ({design}); đã chạy {done}/{asked} lần mô phỏng.",
        "{points} cells, each a set of values of the keys ({design}); {done} of {asked} simulations done.",
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
            "Mỗi ô gặp một tương lai riêng (tham số, yếu tố ngẫu nhiên khác): số liệu là bình quân trên các tương lai.",
            "Each cell meets a future of its own (other unknowns, other luck): values are averages over futures.",
        )
    elif tables.futures <= 1:
        wording = Words(
            "Mọi ô gặp cùng một tương lai: kết quả cho biết thay đổi làm được gì trong tương lai đó, chưa cho"
            " biết xác suất đạt; thêm --replications N hoặc --luck own để có xác suất.",
            "All cells meet one and the same future: the answer is what a change does in that future, not how likely a"
            " target is; --replications N or --luck own gives probabilities.",
        )
    else:
        wording = Words(
            "Mỗi ô gặp cùng {futures} tương lai (tham số và yếu tố ngẫu nhiên).",
            "Every cell meets the same {futures} futures (unknowns and luck).",
        )
    return say(wording, language, futures=tables.futures)


def swing_text(swing: SwingRow, aim: Aim, tables: SweepTables, language: Lang) -> str:
    """One key and one target: from which value to which, how much that moves, with its interval."""
    key = tables.key(swing.key)
    moves = f"{quantity_text(swing.at_low, aim.kind, language)} → {quantity_text(swing.at_high, aim.kind, language)}"
    wording = Words("{key} từ {low} đến {high}: {moves}, {swing}", "{key} from {low} to {high}: {moves}, {swing}")
    low, high = key.value_text(swing.low, language), key.value_text(swing.high, language)
    said = say(
        wording,
        language,
        key=key.title(language),
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
    flat = "; ".join(
        say(
            Words("{first} đến {last}", "{first} to {last}"),
            language,
            first=key.value_text(run[0].value, language),
            last=key.value_text(run[-1].value, language),
        )
        for number, run in runs.items()
        if number and len(run) > 1
    )
    if not flat:
        return said
    alike = Words(
        "{said}. Chưa phân biệt được các mức liền nhau: {flat} (khoảng chênh lệch chứa 0)",
        "{said}. Neighbouring levels that are not told apart: {flat} (the interval of the difference holds 0)",
    )
    return say(alike, language, said=said, flat=flat)


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
    """What left-out cells say of a curve, and what would be needed for one where they refute it or are too few."""
    swings = tables.swings_of(aim.target_id)
    if not swings:
        return ""
    share = swings[0].predicted_share
    shown = None if share is None else number_text(max(0.0, 100 * share), 0, language)
    if swings[0].is_by_curve:
        wording = Words(
            "kiểm tra: bỏ lần lượt từng ô, đường nối đoán đúng {share}% khác biệt giữa các ô",
            "cross-check: the curves predict {share}% of what differs between cells left out",
        )
        return say(wording, language, share=shown)
    wanted = _CELLS_FOR_A_CURVE * len(tables.keys)
    cells = len({row.cell for row in tables.cells if row.status == "done"})
    more = (
        Words(" (hiện có {cells} ô, nên có từ {wanted} ô)", " ({cells} cells; {wanted} or more are advisable)")
        if cells < wanted
        else NOTHING
    )
    refuted = Words(
        "không vẽ đường nối các mức: bỏ lần lượt từng ô rồi đoán lại thì chỉ đúng {share}% khác biệt giữa các ô{more};"
        " các số trên là bình quân của chính các ô",
        "no curve: left-out cells refute it, {share}% of what differs between them is predicted{more}; the numbers"
        " above are means of the cells themselves",
    )
    too_few = Words(
        "chưa đủ ô để vẽ và kiểm tra đường nối các mức{more}; các số trên là bình quân của chính các ô",
        "too few cells to draw and check a curve{more}; the numbers above are means of the cells themselves",
    )
    said = say(more, language, cells=cells, wanted=wanted)
    return say(too_few if share is None else refuted, language, share=shown, more=said)


def stands_still(aim: Aim, tables: SweepTables) -> bool:
    """Whether no key moves the target clearly; False where that cannot be told."""
    swings = tables.swings_of(aim.target_id)
    return bool(swings) and all(swing.swing_low is not None and not swing.is_clear for swing in swings)


def still_text(aims: Sequence[Aim], language: Lang) -> str:
    """Opens the list of targets that no key moves clearly."""
    wording = Words(
        "Không tham số nào làm thay đổi rõ {n} chỉ tiêu sau (khoảng tin cậy của từng tham số ở bảng):",
        "No key clearly moves these {n} targets (each key's interval is in the table):",
    )
    return say(wording, language, n=len(aims))


def sweep_passages(tables: SweepTables, language: Lang) -> list[Passage]:
    """First what was simulated, then what each key does to each target that one moves, then the targets none moves."""
    varied = key_lines(tables.keys, tables.manifest, language)
    passages = [Passage(counted_text(tables, language), (*varied, luck_text(tables, language)))]
    for aim in tables.aims:
        swings = tables.swings_of(aim.target_id)
        if not swings or stands_still(aim, tables):
            continue
        opening = say(
            Words("Chỉ tiêu {number}, “{title}”:", "Target {number}, “{title}”:"),
            language,
            number=aim.label,
            title=aim.title(language),
        )
        said = ((swing_text(one, aim, tables, language), levels_text(one, aim, tables, language)) for one in swings)
        points = [". ".join(capital(part) for part in parts if part) + "." for parts in said]
        trust = fit_text(aim, tables, language)
        closing = trust[:1].upper() + trust[1:] + "." if trust else ""
        passages.append(Passage(opening, (*points, *([closing] if closing else []))))
    still = [aim for aim in tables.aims if stands_still(aim, tables)]
    if still:
        listed = tuple(f"{aim.label}. {aim.title(language)}" for aim in still)
        passages.append(Passage(still_text(still, language), listed))
    if money := only_money_text(tables.aims, tables.beside, language):
        passages.append(Passage(money, ()))
    beside = beside_passage(tables.beside, tables.keys, language)
    return [*passages, *([beside] if beside else [])]


def first_answer_text(tables: SweepTables, language: Lang) -> str:
    """Says of few futures that they are a first answer; empty with enough of them, or with their own luck."""
    futures = tables.futures
    if not 0 < futures < FEW_FUTURES:
        return ""
    if futures == 1:
        one = Words(
            "Kết quả sơ bộ, chỉ để định hướng: mới có một tương lai cho mỗi ô.",
            "First answer, for orientation: one future a cell.",
        )
        return one.text(language)
    wording = Words(
        "Kết quả sơ bộ, chỉ để định hướng: mới có {n} tương lai cho mỗi ô.",
        "First answer, for orientation: {n} futures a cell.",
    )
    return say(wording, language, n=futures)


def sweep_warnings(tables: SweepTables, language: Lang) -> list[str]:
    """What is missing, and that single futures are no forecast."""
    first = first_answer_text(tables, language)
    return [*([first] if first else []), *missing_texts(tables, language)]


def missing_texts(tables: SweepTables, language: Lang) -> list[str]:
    """How many simulations failed, and how many have not been run."""
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
                    f"{aim.label}. {aim.title(language)}",
                    f"{key.title(language)} [{key.key}]",
                    _ROLES.get(key.role, Words(BLANK, BLANK)).text(language),
                    key.value_text(swing.low, language),
                    key.value_text(swing.high, language),
                    swing_number(swing, aim, language),
                )
            )
    return PageTable(_TABLE.text(language), tuple(one.text(language) for one in _COLUMNS), tuple(rows))
