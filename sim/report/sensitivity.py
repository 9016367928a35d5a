"""Which key moves which target, how sure that is, and the same in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from sim.report.formatting import number_text, points_number, unit_of_difference
from sim.report.manifest import Manifest, read_manifest, text
from sim.report.measure_words import NATIONAL
from sim.report.passage import PageTable, Passage
from sim.report.phrases import say
from sim.report.study import Aim, read_aims, read_cells, study_keys
from sim.results.run_tables import PARAMETERS
from sim.results.study_tables import EFFECTS, EffectRow
from sim.results.words import NOTHING, Lang, Words

MOST_NAMED = 5
_METHODS = {
    "morris": Words(
        "Phương pháp Morris: mức thay đổi trung bình của chỉ tiêu khi tham số đi hết khoảng của nó; chỉ kể "
        "tham số mà thay"
        " đổi lặp lại vượt mức ngẫu nhiên (5% cho mọi tham số và mọi chỉ tiêu gộp lại).",
        "Morris' elementary effects: how much a target moves on average over the key's whole range; only keys whose"
        " change comes again beyond chance are named (5% over all keys and all targets together).",
    ),
    "sobol": Words(
        "Chỉ số Sobol’ toàn phần: phần phương sai của chỉ tiêu có tham số này tham gia, kể cả tương tác; chỉ "
        "kể tham số mà"
        " tác động lặp lại vượt mức ngẫu nhiên (5% cho mọi tham số và mọi chỉ tiêu gộp lại).",
        "Total Sobol’ indices: the share of a target's variance that the key has part in, interactions included; only"
        " keys whose effect comes again beyond chance are named (5% over all keys and all targets together).",
    ),
    "pawn": Words(
        "Chỉ số PAWN: biết tham số này thì phân bố của chỉ tiêu dịch đi bao nhiêu, từ 0 đến 1; chỉ kể tham số vượt mức"
        " ngẫu nhiên (5% cho mọi tham số và mọi chỉ tiêu gộp lại).",
        "PAWN index: how far knowing the key moves a target's distribution, 0 to 1; only keys above chance are named"
        " (5% over all keys and all targets together).",
    ),
}
_TABLE = Words("Mọi tham số, mạnh nhất trước", "Every key, the strongest first")
_COLUMNS = (
    Words("Chỉ tiêu", "Target"),
    Words("Loại", "Kind"),
    Words("Tham số: ảnh hưởng (khoảng 95%)", "Key: effect (95% interval)"),
    Words("Nổi rõ", "Stands out"),
)
_NONE_YET = Words(
    "chưa điều chưa biết nào phân biệt được với ngẫu nhiên qua {counted}",
    "no unknown can be told from chance by {counted}",
)
_NOTHING_AT_ALL = Words(
    "Chưa nói được nên đo điều gì trước: qua {counted}, không tham số nào trong {keys} tham số phân biệt được với ngẫu"
    " nhiên, ở chỉ tiêu nào cũng vậy ({names}){bound}.",
    "It cannot be said yet what to measure first: by {counted}, none of {keys} keys can be told from chance, for any"
    " target ({names}){bound}.",
)
_NOTHING = Words(
    "Chưa nói được nên đo điều gì trước cho chỉ tiêu {names}: qua {counted}, không tham số nào trong {keys} tham số"
    " phân biệt được với ngẫu nhiên{bound}.",
    "It cannot be said yet what to measure first for targets {names}: by {counted}, none of {keys} keys can be told"
    " from chance{bound}.",
)
_BOUND = Words(
    "; gần mức ấy nhất là chỉ số {effect}, mà riêng ngẫu nhiên đã cho đến {chance}",
    "; the nearest is an index of {effect}, where chance alone gives up to {chance}",
)
_GIVEN = Words(
    "Không xét chỉ tiêu {names}: lấy từ nguồn ngoài, chính là giả định đưa vào.",
    "Not looked at: targets {names}, which are given from outside and are assumptions themselves.",
)
_FEW_CELLS = Words("Chưa đủ trường hợp đã chạy ở chỉ tiêu {names}.", "Too few finished cells for targets {names}.")
_FEW_RUNS = Words("Chưa đủ lần mô phỏng ở chỉ tiêu {names}.", "Too few simulations for targets {names}.")
_ROLES = {True: Words("đòn bẩy", "lever"), False: Words("điều chưa biết", "unknown")}
_YES, _NO = Words("có", "yes"), Words("không", "no")
_MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Effect(EffectRow):
    """An effect of a key, with what the key is called."""

    words: Words

    def title(self, language: Lang) -> str:
        """What the key is called; the key itself where it has no title."""
        return self.words.text(language) or self.key


@dataclass(frozen=True, slots=True)
class EffectTables:
    """What the page of a sensitivity study reads.

    Attributes:
        manifest: of the folder.
        aims: what the targets ask.
        rows: the effects.
        luck: `common` where all cells met the same futures, `own` where each met its own; empty for a run.
        futures: replications of each cell; 0 for a run.
    """

    manifest: Manifest
    aims: tuple[Aim, ...]
    rows: tuple[Effect, ...]
    luck: str = ""
    futures: int = 0

    @property
    def method(self) -> str:
        """How effects were measured; empty without any."""
        return self.rows[0].method if self.rows else ""

    def of(self, aim: Aim, *, levers: bool) -> list[Effect]:
        """One target's levers, or its unknowns, the strongest first."""
        mine = [row for row in self.rows if row.target_id == aim.target_id and row.is_lever == levers]
        return sorted(mine, key=lambda row: (-row.effect, row.key))


def read_effect_tables(folder: Path) -> EffectTables:
    """Read a folder with effects.csv. Raises FileNotFoundError without it, TableError when it cannot be read."""
    manifest, study = read_manifest(folder), _study(folder)
    titles = _titles(folder, study)
    columns = [one.name for one in fields(EffectRow)]
    rows = tuple(
        Effect(**{name: getattr(row, name) for name in columns}, words=titles.get(row.key, NOTHING))
        for row in EFFECTS.read(folder)
    )
    luck = text(study, "luck")
    if not luck:
        return EffectTables(manifest, read_aims(folder), rows)
    last = max((row.replication for row in read_cells(folder, study_keys(study))), default=0)
    return EffectTables(manifest, read_aims(folder), rows, luck, 1 + last)


def _titles(folder: Path, study: Mapping[str, object]) -> dict[str, Words]:
    """What the keys of the study and the parameters of the model are called."""
    titles = {row.key: Words(row.title_vi, row.title_en) for row in PARAMETERS.read_if_there(folder)}
    return titles | {key.key: key.words for key in study_keys(study)}


def _study(folder: Path) -> Mapping[str, object]:
    """What the manifest says of the study; nothing for a run."""
    study = json.loads((folder / "manifest.json").read_text(encoding="utf-8")).get("study")
    return study if isinstance(study, dict) else {}


def method_text(method: str, language: Lang) -> str:
    """What the numbers are."""
    words = _METHODS.get(method)
    return "" if words is None else words.text(language)


def futures_text(tables: EffectTables, language: Lang) -> str:
    """What futures the cells met, and so what the effects can say; empty for a run."""
    if not tables.luck:
        return ""
    if tables.luck != "common":
        wording = Words(
            "Mỗi trường hợp gặp một tương lai riêng (tham số, yếu tố ngẫu nhiên khác): ảnh hưởng lẫn với yếu"
            " tố ngẫu nhiên.",
            "Each cell meets a future of its own (other unknowns, other luck): effects are mixed with luck.",
        )
    elif tables.futures <= 1 and tables.method == "pawn":
        wording = Words(
            "Mọi trường hợp gặp cùng một tương lai: ảnh hưởng là của tương lai đó; thêm --replications N để"
            " gặp nhiều tương"
            " lai.",
            "All cells meet one and the same future: effects are those in that future; --replications N adds futures.",
        )
    elif tables.futures <= 1:
        wording = Words(
            "Mọi trường hợp gặp cùng một tương lai: ảnh hưởng là của tương lai đó; tham số chỉ tác động cùng"
            " tham số khác "
            "không tách"
            " được khỏi ngẫu nhiên; thêm --replications N để gặp nhiều tương lai.",
            "All cells meet one and the same future: effects are those in that future, and a key that acts only"
            " together with others cannot be told from chance; --replications N adds futures.",
        )
    else:
        wording = Words(
            "Mỗi trường hợp gặp cùng {futures} tương lai (tham số và yếu tố ngẫu nhiên).",
            "Every cell meets the same {futures} futures (unknowns and luck).",
        )
    return say(wording, language, futures=tables.futures)


def effect_text(row: Effect, aim: Aim, language: Lang) -> str:
    """`Thời gian quét: 12,3 điểm % (8,1–16,5)`; of a key that does not stand out no interval may have been computed."""
    if row.method == "morris":
        decimals = 0 if aim.kind == "count" else 1
        unit = unit_of_difference(aim.kind, language)
        numbers = [number_text(points_number(value, aim.kind), decimals, language) for value in _three(row)]
        text = f"{numbers[0]} {unit}".strip()
    elif row.method == "sobol":
        numbers = [number_text(100 * value, 0, language) for value in _three(row)]
        text = f"{numbers[0]}%"
    else:
        numbers = [number_text(value, 2, language) for value in _three(row)]
        text = numbers[0]
    interval = f" ({numbers[1]}–{numbers[2]})" if row.effect_low < row.effect_high else ""
    return f"{row.title(language)}: {text}{interval}"


def _three(row: EffectRow) -> tuple[float, float, float]:
    return row.effect, row.effect_low, row.effect_high


def first_to_measure(tables: EffectTables, aim: Aim) -> Effect | None:
    """The unknown that stands out most; None where none does."""
    return next((row for row in tables.of(aim, levers=False) if row.noticeable), None)


def aim_points(tables: EffectTables, aim: Aim, language: Lang) -> list[str]:
    """What is said of one target: unknowns first, then levers."""
    points = []
    unknowns, levers = tables.of(aim, levers=False), tables.of(aim, levers=True)
    first = first_to_measure(tables, aim)
    if first is not None:
        wording = Words("nên đo trước tiên: {first}", "worth measuring first: {first}")
        points.append(say(wording, language, first=effect_text(first, aim, language)))
        rest = [row for row in unknowns if row.noticeable and row is not first][: MOST_NAMED - 1]
        if rest:
            listed = "; ".join(effect_text(row, aim, language) for row in rest)
            points.append(say(Words("rồi đến: {listed}", "then: {listed}"), language, listed=listed))
    elif unknowns:
        points.append(say(_NONE_YET, language, counted=counted_text(tables, unknowns[0].cells, language)))
    clear = [row for row in levers if row.noticeable][:MOST_NAMED]
    if clear:
        listed = "; ".join(effect_text(row, aim, language) for row in clear)
        points.append(say(Words("đòn bẩy mạnh nhất: {listed}", "strongest levers: {listed}"), language, listed=listed))
    elif levers:
        points.append(Words("chưa đòn bẩy nào nổi rõ", "no lever stands out").text(language))
    return points


def counted_text(tables: EffectTables, count: int, language: Lang) -> str:
    """`20 lần mô phỏng` of a run, `40 trường hợp` of a design."""
    of_run = Words("{n} lần mô phỏng", "{n} simulations")
    return say(Words("{n} trường hợp", "{n} cells") if tables.luck else of_run, language, n=count)


def nothing_told(tables: EffectTables) -> list[Aim]:
    """The targets of which no key, lever or unknown, can be told from chance."""
    named = {row.target_id for row in tables.rows if row.noticeable}
    looked_at = {row.target_id for row in tables.rows}
    return [aim for aim in tables.aims if aim.target_id in looked_at - named]


def nothing_text(tables: EffectTables, language: Lang) -> str:
    """Of those targets together: what the strongest key comes to and what chance gives; empty without any."""
    aims = nothing_told(tables)
    if not aims:
        return ""
    ids = {aim.target_id for aim in aims}
    mine = [row for row in tables.rows if row.target_id in ids]
    strongest = max(mine, key=lambda row: (row.effect - row.second) if tables.method == "pawn" else row.effect)
    bound = ""
    if tables.method == "pawn":
        numbers = {"effect": strongest.effect, "chance": strongest.second}
        bound = say(_BOUND, language, **{name: number_text(value, 2, language) for name, value in numbers.items()})
    everything = len(aims) == len({row.target_id for row in tables.rows})
    return say(
        _NOTHING_AT_ALL if everything else _NOTHING,
        language,
        counted=counted_text(tables, max(row.cells for row in mine), language),
        keys=number_text(len({row.key for row in mine}), 0, language),
        names=", ".join(aim.label for aim in aims),
        bound=bound,
    )


def not_looked_at(tables: EffectTables, language: Lang) -> list[str]:
    """Targets without a single effect: those given from outside, and those of which too few cells have a value."""
    there = {row.target_id for row in tables.rows}
    absent = [aim for aim in tables.aims if aim.target_id not in there]
    given = ", ".join(aim.label for aim in absent if aim.measure in NATIONAL)
    few = ", ".join(aim.label for aim in absent if aim.measure not in NATIONAL)
    said = [(_GIVEN, given), (_FEW_CELLS if tables.luck else _FEW_RUNS, few)]
    return [say(words, language, names=names) for words, names in said if names]


def effect_lines(tables: EffectTables, language: Lang) -> list[str]:
    """The answer at a terminal."""
    about = [method_text(tables.method, language), futures_text(tables, language)]
    lines = [tables.manifest.title(language), *tables.manifest.notes_in(language), *(text for text in about if text)]
    for aim in _told(tables):
        lines += ["", f"{aim.label}. {aim.title(language)}"]
        lines += [f"   {point}" for point in aim_points(tables, aim, language)]
    rest = [nothing_text(tables, language), *not_looked_at(tables, language)]
    return [*lines, "", *filter(None, rest)]


def _told(tables: EffectTables) -> list[Aim]:
    named = {row.target_id for row in tables.rows if row.noticeable}
    return [aim for aim in tables.aims if aim.target_id in named]


def effect_passages(tables: EffectTables, language: Lang) -> list[Passage]:
    """The words of the page."""
    futures = futures_text(tables, language)
    passages = [Passage(method_text(tables.method, language), (futures,) if futures else ())]
    for aim in _told(tables):
        opening = say(
            Words("Chỉ tiêu {number}, “{title}”:", "Target {number}, “{title}”:"),
            language,
            number=aim.label,
            title=aim.title(language),
        )
        points = tuple(f"{point[:1].upper()}{point[1:]}." for point in aim_points(tables, aim, language))
        passages.append(Passage(opening, points))
    rest = [nothing_text(tables, language), *not_looked_at(tables, language)]
    return [*passages, *(Passage(text) for text in rest if text)]


def effect_table(tables: EffectTables, language: Lang) -> PageTable:
    """The keys of each target, levers and unknowns apart, the strongest first."""
    rows = []
    for aim in tables.aims:
        for levers in (False, True):
            for row in tables.of(aim, levers=levers)[:_MOST_ROWS]:
                stands = (_YES if row.noticeable else _NO).text(language)
                role = _ROLES[levers].text(language)
                rows.append((f"{aim.label}", role, f"{effect_text(row, aim, language)} [{row.key}]", stands))
    return PageTable(_TABLE.text(language), tuple(one.text(language) for one in _COLUMNS), tuple(rows))
