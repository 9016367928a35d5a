"""What a sweep varies, in the plan's own terms, and what it does to the documents beside the targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.report.formatting import UnitKind, quantity_text, signed_number, unit_of_difference
from sim.report.manifest import Manifest
from sim.report.passage import Passage
from sim.report.phrases import capital, say
from sim.report.study import Aim, StudyKey
from sim.report.words import term
from sim.results.study_tables import BesideRow
from sim.results.words import Lang, Words

_MONEY_KEY = Words(
    "Đòn bẩy: {key}, từ {low} đến {high}; kế hoạch: {plan}{earlier} (--over {name}={first}:{last}, kế hoạch là"
    " {at}){years}.",
    "Lever: {key}, from {low} to {high}; the plan has {plan}{earlier}"
    " (--over {name}={first}:{last}, the plan is at {at}){years}.",
)
_EARLIER = Words(
    ", và {amount} của các năm trước năm ban hành kế hoạch, giữ nguyên",
    ", and {amount} in years before that of its decision, which stays",
)
_KEY = Words("Thay đổi: {key}, từ {low} đến {high}{plan}.", "Varied: {key}, {low} to {high}{plan}.")
_PLAN = Words("; kịch bản: {value}", "; the scenario has {value}")
_YEARS = Words("; chỉ tính các năm đến hết {year}", "; only the years up to {year} are counted")
_ONLY_MONEY = Words(
    "Các chỉ tiêu đến hạn trong kỳ đều là mốc bàn giao, chỉ tùy thuộc kinh phí và triển khai; tỷ lệ văn bản đi kèm ở"
    " dưới.",
    "The targets due in the period are all milestones, which hang on money and its delivery alone; the shares of"
    " documents stand below.",
)
_BESIDE = Words(
    "Văn bản và kinh phí đi kèm, toàn tỉnh (tỷ lệ văn bản: bình quân tối đa 12 tháng cuối kỳ mô phỏng):",
    "Documents and money beside, whole province (shares of documents: mean of the last twelve months at most):",
)
_MOVES = Words("{measure} – {means}; đầu đến cuối {change}", "{measure} – {means}; end to end {change}")
_STILL = Words("như nhau ở mọi mức – {measures}", "the same at every level – {measures}")
_UNCLEAR = Words("chưa đủ cơ sở kết luận", "not clear")
_SAME = Words("không đổi", "no change")


def key_lines(keys: Sequence[StudyKey], manifest: Manifest, language: Lang) -> list[str]:
    """For each key what it is, between which values, and where the plan stands; of a budget line in million VND."""
    return [_key_line(key, manifest, language) for key in keys]


def _key_line(key: StudyKey, manifest: Manifest, language: Lang) -> str:
    said = {
        "key": key.title(language),
        "low": key.value_text(key.low, language),
        "high": key.value_text(key.high, language),
    }
    if key.million_vnd and key.plan is not None:
        end = manifest.horizon_end
        first, last, at = (f"{value:g}" for value in (key.low, key.high, key.plan))  # as they are typed
        years = say(_YEARS, language, year=end.year) if end is not None and manifest.until else ""
        said |= {"plan": key.value_text(key.plan, language), "years": years, "earlier": ""}
        if key.earlier_million_vnd:
            amount = quantity_text(key.earlier_million_vnd, "million_vnd", language)
            said["earlier"] = say(_EARLIER, language, amount=amount)
        return say(_MONEY_KEY, language, **said, name=key.key, first=first, last=last, at=at)
    plan = "" if key.plan is None else say(_PLAN, language, value=key.value_text(key.plan, language))
    return say(_KEY, language, **said, plan=plan)


def only_money_text(aims: Sequence[Aim], beside: Sequence[BesideRow], language: Lang) -> str:
    """That no target of the period counts documents, agencies or people; empty where one does."""
    if not aims or not beside or any(aim.measure.partition("(")[0] != "milestone" for aim in aims):
        return ""
    return _ONLY_MONEY.text(language)


def beside_passage(
    rows: Sequence[BesideRow], keys: Sequence[StudyKey], aims: Sequence[Aim], language: Lang
) -> Passage | None:
    """How the money spent and the shares of documents go along each key; None in folders without them.

    A share that is a target's own is left to the target, which counts it over its own months, document by document:
    beside it stood another number of the same name.
    """
    told = {aim.measure for aim in aims if aim.scope == "all"}
    left = [row for row in rows if row.measure not in told]
    named = [(f"{key.title(language)}: " if len(keys) > 1 else "", key) for key in keys]
    points = tuple(capital(f"{name}{line}.") for name, key in named for line in _lines_of(key, left, language))
    return Passage(_BESIDE.text(language), points) if points else None


def _lines_of(key: StudyKey, rows: Sequence[BesideRow], language: Lang) -> Iterator[str]:
    mine = [row for row in rows if row.key == key.key]
    still = []
    for measure in dict.fromkeys(row.measure for row in mine):
        levels = [row for row in mine if row.measure == measure]
        kind: UnitKind = "million_vnd" if measure == "spent_million_vnd" else "share"
        if len({row.mean for row in levels}) == 1:
            still.append(f"{term('measure', measure, language)} {quantity_text(levels[0].mean, kind, language)}")
            continue
        means = "; ".join(
            f"{key.value_text(row.value, language)}: {quantity_text(row.mean, kind, language)}" for row in levels
        )
        change = _change(levels[-1], kind, language)
        yield say(_MOVES, language, measure=term("measure", measure, language), means=means, change=change)
    if still:
        yield say(_STILL, language, measures="; ".join(still))


def _change(last: BesideRow, kind: UnitKind, language: Lang) -> str:
    """From the lowest level to this one, with its interval where there is one."""
    if last.change is None:
        return "—"
    if last.change == last.change_low == last.change_high == 0.0:
        return _SAME.text(language)
    unit = unit_of_difference(kind, language)
    mean = f"{signed_number(last.change, kind, language)} {unit}".strip()
    if last.change_low is None or last.change_high is None:
        return mean
    ends = [signed_number(value, kind, language) for value in (last.change_low, last.change_high)]
    interval = say(Words("{low} đến {high}", "{low} to {high}"), language, low=ends[0], high=ends[1])
    unclear = "" if last.change_low > 0.0 or last.change_high < 0.0 else f", {_UNCLEAR.text(language)}"
    return f"{mean} ({interval}{unclear})"
