"""How much of the answer is assumed, which unknowns it hangs on, and how much of its spread is luck."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sim.report.formatting import number_text
from sim.report.parameter_words import parameter_name
from sim.report.passage import Passage, target_labels, targets_named
from sim.report.phrases import SENTENCES, say
from sim.report.run_tables import RunTables
from sim.report.words import term
from sim.results.evidence_tables import FEWEST_PAIRS, InfluenceRow, VarianceRow
from sim.results.run_tables import ParameterRow, deciding_rows
from sim.results.words import Lang, Words

ASSUMPTIONS_NAMED = 3
_MONEY_OF_OTHERS = ("budget.arrival.", "budget.central_", "budget.programme_", "budget.cut_")
"""Beginnings of keys that say what comes of the money, which is decided elsewhere."""
_ASK_FOR_MONEY = Words(
    "Kinh phí được bố trí bao nhiêu là do nơi cấp quyết định, không khảo sát được: cần làm việc sớm với nơi cấp và "
    "cập nhật khi có thông báo vốn.",
    "How much money comes is decided by those who give it and cannot be surveyed: ask them early, and update it once "
    "they have said.",
)
_SURVEY = Words(
    "Đây là những tham số cần khảo sát, xác minh trước tiên.", "These are the ones to survey or verify first."
)
_SURVEY_OTHERS = Words(
    "Các tham số còn lại cần khảo sát, xác minh trước tiên.", "The others are the ones to survey or verify first."
)
_TOO_FEW_TO_SPLIT = Words(
    "Phần do tham số chưa biết chắc và phần do yếu tố ngẫu nhiên chỉ tách được từ {least} lần mô phỏng trở lên (khi đó "
    "chương trình chạy thêm {least} lần dành riêng cho việc này): còn thiếu {more} lần.",
    "Unknown parameters and luck are told apart from {least} simulations on (then {least} more are run for just that):"
    " {more} are missing.",
)
Naming = Callable[[str, Iterable[ParameterRow], Lang], str]


def evidence_text(parameters: Sequence[ParameterRow], language: Lang) -> str:
    """How many of the parameters are assumed; said under every picture."""
    if not parameters:
        return ""
    assumed = sum(row.basis == "assumed" for row in parameters)
    return say(SENTENCES["assumed_count"], language, assumed=assumed, total=len(parameters))


def strongest_influences(influence: Sequence[InfluenceRow]) -> list[InfluenceRow]:
    """For each parameter the target it goes with most, strongest first: the noticeable ones, else all as hints."""
    valued = [row for row in influence if row.rank_correlation is not None]
    chosen = [row for row in valued if row.noticeable] or valued
    ordered = sorted(chosen, key=lambda row: (-abs(row.rank_correlation or 0.0), row.key, row.target_id))
    by_key: dict[str, InfluenceRow] = {}
    for row in ordered:
        by_key.setdefault(row.key, row)
    return list(by_key.values())[:ASSUMPTIONS_NAMED]


def assumptions_passage(tables: RunTables, language: Lang, named: Naming = parameter_name) -> Passage | None:
    """Which unknowns the targets hang on; when none stands out from chance, that is said, and the highest are hints.

    `named` says what a parameter is called: by title and key, since commands take the key, or by the title alone.
    """
    rows = strongest_influences(tables.influence)
    if not rows:
        return None
    runs = number_text(max(row.n for row in rows), 0, language)
    points = tuple(_influence_text(row, tables, language, named) for row in rows)
    if any(row.noticeable for row in rows):
        wording = Words(
            "Qua n = {n} lần mô phỏng, các tham số chưa biết chắc gắn chặt nhất với kết quả, vượt mức ngẫu nhiên "
            "(tương quan hạng, từ −1 đến +1).",
            "Over n = {n} simulations, the unknowns that go most closely with the results, beyond chance (rank "
            "correlation, from −1 to +1).",
        )
        return Passage(say(wording, language, n=runs), points, _advice(rows, language))
    wording = Words(
        "n = {n} lần mô phỏng còn quá ít để biết giả định nào chi phối kết quả: không tham số nào có tương quan vượt "
        "mức ngẫu nhiên. Các tham số có tương quan hạng cao nhất dưới đây chỉ là gợi ý để kiểm tra, không phải kết "
        "luận.",
        "n = {n} simulations are too few to tell which assumption matters: no correlation stands out from chance. The "
        "highest rank correlations below are hints to check, not findings.",
    )
    return Passage(say(wording, language, n=runs), points)


def _advice(rows: Sequence[InfluenceRow], language: Lang) -> str:
    """What to do about unknowns first: money that others decide on cannot be surveyed, only asked for and followed."""
    of_money = [row.key.startswith(_MONEY_OF_OTHERS) for row in rows]
    if all(of_money):
        return _ASK_FOR_MONEY.text(language)
    survey = (_SURVEY_OTHERS if any(of_money) else _SURVEY).text(language)
    return f"{_ASK_FOR_MONEY.text(language)} {survey}" if any(of_money) else survey


def _influence_text(row: InfluenceRow, tables: RunTables, language: Lang, named: Naming) -> str:
    correlation = row.rank_correlation or 0.0
    rising = Words("càng cao thì kết quả càng cao", "the higher, the higher the result")
    falling = Words("càng cao thì kết quả càng thấp", "the higher, the lower the result")
    basis = {parameter.key: parameter.basis for parameter in tables.parameters}.get(row.key, "")
    stated = Words("; căn cứ: {basis}", "; basis: {basis}")
    wording = Words(
        "{name}: tương quan {correlation} với {target} ({direction}{basis}).",
        "{name}: correlation {correlation} with {target} ({direction}{basis}).",
    )
    return say(
        wording,
        language,
        name=named(row.key, tables.parameters, language),
        correlation=signed_text(correlation, 2, language),
        target=targets_named([row.target_id], target_labels(tables.targets), language),
        direction=(rising if correlation > 0 else falling).text(language),
        basis=say(stated, language, basis=term("basis", basis, language)) if basis else "",
    )


def signed_text(value: float, decimals: int, language: Lang) -> str:
    """A number with its sign: +0,61 or −0,61."""
    sign = "+" if value >= 0 else "−"
    return sign + number_text(abs(value), decimals, language)


def spread_passage(tables: RunTables, language: Lang) -> Passage | None:
    """How much of each target's variance is luck, how sure that is, and what follows; the rest is unknown parameters.

    Targets whose pairs of replications do not carry it are counted, and no share of theirs is said.
    """
    deciding = {(row.target_id, row.reading) for row in deciding_rows(tables.targets)}
    mine = [row for row in tables.variance if (row.target_id, row.reading) in deciding]
    split = [row for row in mine if row.luck_share is not None]
    if not mine:
        return None
    more = FEWEST_PAIRS - tables.manifest.replications_done
    if not split and more > 0:
        return Passage(say(_TOO_FEW_TO_SPLIT, language, least=FEWEST_PAIRS, more=more))
    if not split:
        wording = Words(
            "Chưa tách được phần do tham số chưa biết chắc và phần do yếu tố ngẫu nhiên: kết quả không dao động, "
            "hoặc quá ít cặp "
            "lần mô phỏng.",
            "Unknown parameters and luck cannot be told apart: the results do not vary, or there are too few pairs.",
        )
        return Passage(wording.text(language))
    wording = Words(
        "Phần phương sai do yếu tố ngẫu nhiên, kèm khoảng tin cậy 95%, ước lượng từ {pairs} cặp lần mô phỏng cùng "
        "tham số, khác điều kiện ngẫu nhiên; phần còn lại do tham số chưa biết chắc – {shares}.",
        "Share of the variance that comes from luck, with its 95% interval, estimated from {pairs} pairs of "
        "simulations with the same parameters and other luck; the rest comes from unknown parameters – {shares}.",
    )
    labels = target_labels(tables.targets)
    shares = "; ".join(_luck_text(row, labels, language) for row in split)
    pairs = number_text(max(row.n_pairs for row in split), 0, language)
    closing = f"{_left_out(len(mine) - len(split), language)} {_what_follows(split, language)}".strip()
    return Passage(say(wording, language, pairs=pairs, shares=shares), closing=closing)


def _luck_text(row: VarianceRow, labels: Mapping[str, str], language: Lang) -> str:
    luck, low, high = (
        number_text(100 * (one or 0.0), 0, language) for one in (row.luck_share, row.luck_low, row.luck_high)
    )
    each = Words("{target}: {luck}% ({low}–{high}%)", "{target}: {luck}% ({low}–{high}%)")
    return say(each, language, target=targets_named([row.target_id], labels, language), luck=luck, low=low, high=high)


def _left_out(count: int, language: Lang) -> str:
    """How many targets have no share, and why."""
    if count == 0:
        return ""
    one = Words(
        "Một chỉ tiêu khác không dao động, hoặc các cặp chưa đủ để nói.",
        "One more target does not vary, or the pairs do not suffice to say.",
    )
    several = Words(
        "{count} chỉ tiêu khác không dao động, hoặc các cặp chưa đủ để nói.",
        "{count} more targets do not vary, or the pairs do not suffice to say.",
    )
    return say(one if count == 1 else several, language, count=number_text(count, 0, language))


def _what_follows(split: Sequence[VarianceRow], language: Lang) -> str:
    """What to do about the spread, where the intervals of all shares lie on one side of a half."""
    unknowns = Words(
        "Độ dao động chủ yếu do tham số chưa biết chắc: khảo sát, đo đạc các tham số ấy sẽ thu hẹp khoảng kết quả, còn "
        "chạy thêm mô phỏng thì không.",
        "Most of the spread is unknown parameters: measuring them would narrow the range; more simulations would not.",
    )
    luck = Words(
        "Độ dao động chủ yếu do yếu tố ngẫu nhiên: biết rõ hơn các tham số cũng không thu hẹp được nhiều "
        "khoảng kết quả.",
        "Most of the spread is luck: knowing the parameters better would not narrow the range much.",
    )
    if all((row.luck_high or 0.0) < 0.5 for row in split):
        return unknowns.text(language)
    return luck.text(language) if all((row.luck_low or 0.0) > 0.5 for row in split) else ""
