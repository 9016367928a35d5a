"""Targets of systems and lines that money buys: who is still without, why, and what became of that money."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sim.report.agency_quarters import is_in
from sim.report.formatting import interval_text, number_text, share_text
from sim.report.money import amount_of, totals
from sim.report.passage import target_labels, targets_named
from sim.report.phrases import say
from sim.report.plan_ends import is_meant_for, reason_words, thing_text
from sim.report.run_tables import RunTables
from sim.report.words import scope_text
from sim.results.lacking_tables import INSTALLED, LINKED
from sim.results.money_tables import MoneyRow
from sim.results.plan_tables import UnservedRow
from sim.results.run_tables import ParameterRow, TargetRow, deciding_rows
from sim.results.words import Lang, Words

SOFTWARE = (
    "onestop_agency_share",
    "onestop_linked_share",
    "online_service_agency_share",
    "service_level3_share",
    "service_level4_share",
    "service_level3_catalogue_share",
    "service_level4_catalogue_share",
    "dedicated_network_share",
    "private_network_share",
    "eoffice_installed_share",
    "eoffice_linked_share",
    "lan_agency_share",
    "security_agency_share",
    "video_agency_share",
)
"""Measures that money moves by systems, services and lines bought."""
_COUNTER = ("onestop_software", "onestop_commune_software")
"""Bought under two names, and who lacks either is listed under one of them."""
_NO_LINE = "no_line"
_RETURNED = Words("chưa cam kết khi hết kỳ {amount}", "{amount} uncommitted at the end")
SMALLEST_MILLION_VND = 0.05
"""Below this an amount prints as nothing."""
_LINE_PARTS: dict[str, Words] = {
    "not_arrived": Words("không được bố trí {amount}", "{amount} did not arrive"),
    "spent": Words("đã giải ngân {amount}", "{amount} spent"),
    "under_way": Words("đã ký hợp đồng nhưng chưa bàn giao {amount}", "{amount} contracted and not delivered"),
    "returned": Words(
        "chưa cam kết khi hết kỳ {amount} (dự án dừng, lùi sang sau kỳ, còn thừa hoặc chưa kịp ký hợp đồng)",
        "{amount} uncommitted at the end (stopped, slipped past it, left over or not contracted in time)",
    ),
}


_WITHOUT = Words(
    "còn {missing} trong {all} cơ quan {lack} ({scope}, trung vị)",
    "{missing} of {all} agencies {lack} ({scope}, medians)",
)
_LACKS: dict[str, Words] = {
    "dedicated_network_share": Words("chưa nối mạng chuyên dùng", "are still off the dedicated network"),
    "private_network_share": Words(
        "chưa vào mạng của tỉnh", "are neither on the dedicated network nor joined to it by a VPN"
    ),
    INSTALLED: Words("chưa có văn phòng điện tử", "have no e-office yet"),
    LINKED: Words("chưa liên thông văn phòng điện tử", "do not exchange documents by e-office yet"),
    "lan_agency_share": Words("chưa có mạng nội bộ", "have no local network yet"),
    "security_agency_share": Words("chưa có thiết bị an toàn thông tin", "have no security equipment yet"),
    "video_agency_share": Words("chưa có điểm cầu hội nghị truyền hình", "have no video-conference room yet"),
    "eoffice_agency_share": Words("chưa có văn phòng điện tử", "have no e-office yet"),
    "eoffice_effective_share": Words("chưa liên thông văn phòng điện tử", "do not exchange documents by e-office yet"),
    "wan_connected_share": Words("chưa có đường truyền", "have no line yet"),
    "signature_agency_share": Words("chưa có chữ ký số còn hiệu lực", "have no valid digital signature"),
    "onestop_agency_share": Words("chưa có phần mềm một cửa", "have no one-stop software yet"),
    "onestop_linked_share": Words(
        "chưa có phần mềm một cửa liên thông", "have no one-stop software that is interconnected yet"
    ),
    "online_service_agency_share": Words(
        "chưa vào hệ thống dịch vụ công trực tuyến", "are not on the system of online services yet"
    ),
    "website_agency_share": Words("chưa có trang thông tin điện tử", "have no website yet"),
    "cio_share": Words("chưa có lãnh đạo phụ trách công nghệ thông tin", "have no leader in charge of IT yet"),
    "it_staff_complete_share": Words(
        "chưa có người phụ trách công nghệ thông tin", "have nobody who looks after IT yet"
    ),
    "sector_database_share": Words("chưa có cơ sở dữ liệu chuyên ngành", "have no sector database yet"),
}
"""What is said of agencies that a measure does not count; all that the table of who lacks it may tell of."""
_REASON = Words("{count} nơi vì {reason}", "{count} because {reason}")
_REASONS_OF_MOST = Words(
    "; cuối kỳ, ở quá nửa số lần mô phỏng chưa có: {reasons}",
    "; at the end, without it in more than half of the simulations: {reasons}",
)
_KINDS_OF_MOST = Words(
    "; cuối kỳ, ở quá nửa số lần mô phỏng {kinds}", "; at the end, in more than half of the simulations {kinds}"
)
_OF_KIND = Words("chưa có {kind}: {reasons}", "without {kind}: {reasons}")
EVERY_TIME = Words("đạt ở mọi lần đã mô phỏng", "reached in every simulation so far")
_MEDIAN_IS_THERE = Words(
    "trung vị đã đạt ngưỡng, không phải lần nào cũng đạt", "the median is at the threshold, not every simulation is"
)
_SHARES_OF_LINE = Words(
    " (trong đó {shares}; các số sau là của cả mục)", " (of which {shares}; what follows is of the whole line)"
)
_SHARE_OF_LINE = Words("khoảng {share} cho {what}", "about {share} for {what}")
_BEFORE_KIND = Words("tỷ lệ kinh phí cho ", "share of the money for ")
"""What stands before the kind in the title of a share of a line."""


def reached_text(row: TargetRow, language: Lang) -> str:
    """That nothing, or no more than bad luck, is seen to stop a target; empty where its median is short of it."""
    if row.p_reached == 1.0:
        return EVERY_TIME.text(language)
    return _MEDIAN_IS_THERE.text(language) if _is_reached(row) else ""


def software_parts(target_ids: Sequence[str], tables: RunTables, language: Lang) -> list[str]:
    """Agencies still without the system, by target, and what became of the money of the lines that buy it."""
    mine = [row for row in deciding_rows(tables.targets) if row.target_id in target_ids]
    labels = target_labels(tables.targets)
    behind = [row for row in mine if not reached_text(row, language)]
    parts = [
        f"{targets_named([row.target_id], labels, language)} – {missing}"
        for row in behind
        if (missing := missing_text(row, tables, language))
    ]
    there: defaultdict[str, list[str]] = defaultdict(list)
    for row in mine:
        there[reached_text(row, language)].append(row.target_id)
    parts += [f"{targets_named(ids, labels, language)} – {said}" for said, ids in there.items() if said]
    return [*parts, *money_texts(behind, tables, language)]


def lack_text(measure: str, language: Lang) -> str:
    """What is said of agencies that a measure of who has something does not count; empty of other measures."""
    return _LACKS[measure].text(language) if measure in _LACKS else ""


def kinds_that_move(measure: str, parameters: Sequence[ParameterRow]) -> set[str]:
    """Kinds of things that a measure counts once they are bought, by the keys `purchases.LINE.KIND.share`."""
    return {row.key.split(".")[-2] for row in parameters if measure in (row.moves or "").split(";")}


def purchases_that_move(target: TargetRow, tables: RunTables) -> list[ParameterRow]:
    """Shares of lines that buy what a target counts, for a tier that it is about."""
    return [
        row
        for row in tables.parameters
        if target.measure in (row.moves or "").split(";") and _serves(row.key.split(".")[-2], target.scope, tables)
    ]


def _serves(kind: str, scope: str, tables: RunTables) -> bool:
    """Whether any line buys a kind for some tier of a scope, as far as the agencies that lack it tell."""
    names = _COUNTER if kind in _COUNTER else (kind,)
    tiers = {row.tier for row in tables.agencies if is_in(row.tier, scope)}
    if kind == _COUNTER[1]:
        tiers &= {"commune"}
    lacking = {
        tier: {row.reason for row in tables.unserved if row.kind in names and row.tier == tier} for tier in tiers
    }
    return any(reasons != {_NO_LINE} for reasons in lacking.values())


def money_texts(targets: Sequence[TargetRow], tables: RunTables, language: Lang, *, ranges: bool = True) -> list[str]:
    """What became of the money of each line that buys what the targets count, with the part that goes to that."""
    titles = {row.line_id: row.title(language) for row in tables.spending}
    bought: defaultdict[str, dict[str, ParameterRow]] = defaultdict(dict)
    for target in targets:
        for row in purchases_that_move(target, tables):
            bought[row.key.removeprefix("purchases.").rsplit(".", 2)[0]][row.key] = row
    texts = (
        line_money_text(line, tables.money, language, titles.get(line, ""), list(rows.values()), ranges=ranges)
        for line, rows in sorted(bought.items())
    )
    return [text for text in texts if text]


def _is_reached(row: TargetRow) -> bool:
    return row.median is not None and row.threshold is not None and row.median >= row.threshold


def missing_text(row: TargetRow, tables: RunTables, language: Lang, most_reasons: int | None = None) -> str:
    """How many agencies or services are still without what the target counts; empty where that is not known.

    Args:
        row: the target.
        tables: of the run.
        language: of the text.
        most_reasons: so many of the reasons, the usual first; all when None.
    """
    if row.median is None:
        return ""
    if row.measure.startswith("service_"):
        wording = Words("{share} dịch vụ chưa đạt mức độ đó", "{share} of the services are not at that level")
        return say(wording, language, share=share_text(1.0 - row.median, language))
    covered = [agency for agency in tables.agencies if is_in(agency.tier, row.scope)]
    if not covered:
        return ""
    said = say(
        _WITHOUT,
        language,
        missing=number_text((1.0 - row.median) * len(covered), 0, language),
        all=number_text(len(covered), 0, language),
        lack=lack_text(row.measure, language),
        scope=scope_text(row.scope, language, tables.manifest.groups),
    )
    return said + _reasons_text(row, tables, language, most_reasons)


def _reasons_text(row: TargetRow, tables: RunTables, language: Lang, most: int | None) -> str:
    """Why agencies usually end without what the target counts, and how many for each reason, by what they lack.

    Nothing of an e-office, which comes in several forms: an agency that lacks one of them may have another.
    """
    if row.measure in (INSTALLED, LINKED):
        return ""
    found: defaultdict[str, list[UnservedRow]] = defaultdict(list)
    for one in usually_unserved(row, tables):
        found[thing_text(one, language)].append(one)
    said = {kind: _counted((reason_words(one) for one in rows), language, most) for kind, rows in found.items()}
    if len(said) == 1 and len(kinds_that_move(row.measure, tables.parameters)) == 1:
        return say(_REASONS_OF_MOST, language, reasons="; ".join(*said.values()))
    parts = [say(_OF_KIND, language, kind=kind, reasons=", ".join(why)) for kind, why in said.items()]
    return say(_KINDS_OF_MOST, language, kinds="; ".join(parts)) if parts else ""


def _counted(reasons: Iterable[Words], language: Lang, most: int | None) -> list[str]:
    counted = Counter(reason.text(language) for reason in reasons)
    return [say(_REASON, language, count=count, reason=why) for why, count in counted.most_common(most)]


def usually_unserved(target: TargetRow, tables: RunTables) -> list[UnservedRow]:
    """What the plan buys and the target counts, by agency of its scope that most simulations leave without it.

    What no line buys for a tier is no reason where another thing that counts is bought for it.
    """
    kinds = kinds_that_move(target.measure, tables.parameters)
    rows = [row for row in tables.unserved if row.kind in kinds and is_meant_for(row) and is_in(row.tier, target.scope)]
    served = {row.tier for row in rows if row.reason != _NO_LINE}
    return [row for row in rows if row.unserved_share > 0.5 and (row.reason != _NO_LINE or row.tier not in served)]


def line_money_text(
    line_id: str,
    money: Sequence[MoneyRow],
    language: Lang,
    title: str = "",
    bought: Sequence[ParameterRow] = (),
    *,
    ranges: bool = True,
) -> str:
    """One line's money: what did not arrive, what went back, what is under way; what never happens is left out.

    Args:
        line_id: of the line.
        money: of the run.
        language: of the text.
        title: of the line.
        bought: the shares of the line that are meant, where it buys other things too.
        ranges: the 5-95 % ranges too; else only what is more than nothing in the middle.
    """
    found = totals(money, line_id=line_id)
    planned = amount_of(found, "planned")
    if not planned:
        return ""
    spoken = _LINE_PARTS if ranges else _LINE_PARTS | {"returned": _RETURNED}
    parts = [
        say(words, language, amount=_amount(row, language, ranges=ranges))
        for entry, words in spoken.items()
        if (row := found.get(entry)) is not None
        and ((row.p95 if ranges else row.median) or 0.0) >= SMALLEST_MILLION_VND
    ]
    wording = Words(
        "mục {line}: kế hoạch {planned} triệu đồng, trong đó (trung vị và khoảng 5–95%, n = {n}; trung vị từng phần "
        "không cộng thành đúng tổng) {parts}",
        "line {line}: {planned} million VND planned, of which (medians and 5–95% ranges, n = {n}; medians of parts do "
        "not add up to the whole) {parts}",
    )
    shorter = Words(
        "mục {line}: kế hoạch {planned} triệu đồng, trong đó (trung vị, không cộng thành đúng tổng) {parts}",
        "line {line}: {planned} million VND planned, of which (medians, which do not add up to the whole) {parts}",
    )
    return say(
        wording if ranges else shorter,
        language,
        line=(f"{line_id} “{title}”" if title else line_id) + _shares_text(bought, language),
        planned=number_text(planned, 0, language),
        parts="; ".join(parts),
        n=number_text(found["planned"].n, 0, language),
    )


def _shares_text(bought: Sequence[ParameterRow], language: Lang) -> str:
    shares = [
        say(
            _SHARE_OF_LINE,
            language,
            what=row.title(language).partition(": ")[2].removeprefix(_BEFORE_KIND.text(language))
            or row.title(language),
            share=f"{number_text(100.0 * row.value, 0, language)}%",
        )
        for row in bought
        if row.value < 1.0
    ]
    return say(_SHARES_OF_LINE, language, shares=", ".join(shares)) if shares else ""


def _amount(row: MoneyRow, language: Lang, *, ranges: bool) -> str:
    median = number_text(row.median or 0.0, 0, language)
    return f"{median} ({interval_text(row.p05, row.p95, 'count', language)})" if ranges else median
