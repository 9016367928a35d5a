"""Rules on the agencies of a province: ids, names, parents, people, systems."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from sim.results.words import NOTHING, Words
from sim.scenario.consequences import NO_DISTRICTS, UNKNOWN_AGENCY
from sim.scenario.errors import ScenarioError
from sim.scenario.facts import Tables
from sim.scenario.suggest import did_you_mean
from sim.scenario.tables import AgencyRow
from sim.scenario.workbook_words import tier_words

_PARENT_TIERS = {
    "office": (),
    "department": ("", "office"),
    "district": ("", "office"),
    "commune": ("district",),  # or none, where there are no districts
    "outside": ("",),
}
_MOST_NAMED = 5
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_LOOKALIKES = str.maketrans({"ð": "đ", "ɖ": "đ"})
_INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad")


def folded(name: str) -> str:
    """Returns what two spellings of one Vietnamese name have in common.

    Unicode form, case, width, spacing and invisible letters do not count; D-stroke and Eth are one letter;
    a tone mark belongs to its syllable, so that the two ways to write "hoà" agree.
    """
    visible = unicodedata.normalize("NFKC", name.translate(_INVISIBLE)).casefold().translate(_LOOKALIKES)
    return " ".join(_folded_syllable(syllable) for syllable in visible.split())


def _folded_syllable(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable)
    tones = "".join(sorted(letter for letter in letters if letter in _TONES))
    return "".join(letter for letter in letters if letter not in _TONES) + tones


def agency_rules(tables: Tables) -> Iterator[ScenarioError]:
    """Yields everything wrong with the agencies table as a whole."""
    if tables.agencies:
        yield from _ids_are_unique(tables.agencies)
        yield from _names_are_unique(tables.agencies)
        yield from _parents_are_right(tables.agencies)
        yield from _people_add_up(tables.agencies)
        yield from _tiers_are_there(tables.agencies)


def _fault(
    row: AgencyRow, column: str, code: str, reason: Words, repair: Words = NOTHING, cause: str = ""
) -> ScenarioError:
    return ScenarioError(code, row.place, column, reason, repair, cause)


def _ids_are_unique(agencies: tuple[AgencyRow, ...]) -> Iterator[ScenarioError]:
    seen: dict[str, AgencyRow] = {}
    for row in agencies:
        first = seen.setdefault(row.agency_id.casefold(), row)
        if first is not row:
            where = first.place
            reason = Words(f"“{row.agency_id}” đã dùng ở {where}", f'"{row.agency_id}" is a duplicate of {where}')
            yield _fault(row, "agency_id", "E-AGY-001", reason, cause="twice")


def _names_are_unique(agencies: tuple[AgencyRow, ...]) -> Iterator[ScenarioError]:
    seen: dict[tuple[str, str], AgencyRow] = {}
    for row in agencies:
        first = seen.setdefault((row.parent_id, folded(row.name_vi)), row)
        if first is not row:
            reason = Words(
                f"hai cơ quan cùng cấp trên trùng tên: “{first.name_vi}” ({first.place}), “{row.name_vi}”",
                f'two agencies under one have the same name: "{first.name_vi}" ({first.place}), "{row.name_vi}"',
            )
            yield _fault(row, "name_vi", "E-AGY-002", reason, cause="twice")


def _parents_are_right(agencies: tuple[AgencyRow, ...]) -> Iterator[ScenarioError]:
    tier_of = {row.agency_id: row.tier for row in agencies} | {"": ""}
    has_districts = any(row.tier == "district" for row in agencies)
    for row in agencies:
        allowed = _PARENT_TIERS[row.tier] or ("",)
        if row.tier == "commune" and not has_districts:
            allowed = ("", "office")
        if row.parent_id not in tier_of and row.tier == "commune" and not has_districts:
            reason = Words(
                f"không có cơ quan “{row.parent_id}”, và bảng không có cấp huyện nào",
                f'no agency "{row.parent_id}", and the table has no district at all',
            )
            repair = Words(
                "tỉnh hai cấp: để trống cột cơ quan cấp trên (parent_id) của xã",
                "in a province of two tiers leave a commune's parent_id empty",
            )
            yield _fault(row, "parent_id", "E-AGY-003", reason, repair, cause=NO_DISTRICTS)
        elif row.parent_id not in tier_of:
            reason = Words(f"không có cơ quan “{row.parent_id}”", f'no agency "{row.parent_id}"')
            cause = f"{UNKNOWN_AGENCY}: {row.parent_id}"
            yield _fault(row, "parent_id", "E-AGY-003", reason, did_you_mean(row.parent_id, tier_of), cause)
        elif tier_of[row.parent_id] not in allowed:
            wanted = Words(
                " hoặc ".join(tier_words(tier) if tier else "(trống)" for tier in allowed),
                " or ".join(tier or "(empty)" for tier in allowed),
            )
            left = NOTHING if row.parent_id else Words(", ở đây để trống", ", and is empty here")
            reason = Words(
                f"cấp trên của {tier_words(row.tier)} phải là {wanted.vi}{left.vi}",
                f"a {row.tier}'s parent must be {wanted.en}{left.en}",
            )
            yield _fault(row, "parent_id", "E-AGY-003", reason, _may_be_under(allowed, agencies))


def _may_be_under(tiers: Sequence[str], agencies: tuple[AgencyRow, ...]) -> Words:
    """Who may stand above an agency."""
    ids = [row.agency_id for row in agencies if row.tier in tiers]
    if not ids:
        return Words("để trống", "leave it empty")
    named = ", ".join(ids[:_MOST_NAMED]) + ("…" if len(ids) > _MOST_NAMED else "")
    return Words(f"ghi mã của một cơ quan: {named}", f"write the id of one: {named}")


def _people_add_up(agencies: tuple[AgencyRow, ...]) -> Iterator[ScenarioError]:
    for row in agencies:
        if row.leaders > row.staff:
            reason = Words("lãnh đạo nhiều hơn tổng số người", f"{row.leaders} leaders among {row.staff} staff")
            repair = Words("sửa một trong hai số", "mend one of the two numbers")
            yield _fault(row, "leaders", "E-AGY-004", reason, repair, cause="leaders")
        if row.tier != "outside" and row.clerk_posts <= 0:
            reason = Words("không có ai làm văn thư", "nobody is a registry clerk")
            yield _fault(row, "clerk_posts", "E-AGY-004", reason)
        if row.clerk_posts + row.it_staff > row.staff and row.tier != "outside":
            reason = Words("văn thư và CNTT nhiều hơn tổng số người", "more clerks and IT staff than staff")
            yield _fault(row, "staff", "E-AGY-004", reason)
        if row.eoffice_linked and not row.eoffice_installed:
            reason = Words("liên thông mà chưa cài văn phòng điện tử", "linked without e-office installed")
            repair = Words(
                "ghi là đã cài văn phòng điện tử, hoặc bỏ liên thông", "say that it is installed, or not linked"
            )
            yield _fault(row, "eoffice_linked", "E-AGY-005", reason, repair)


def _tiers_are_there(agencies: tuple[AgencyRow, ...]) -> Iterator[ScenarioError]:
    tiers = [row.tier for row in agencies]
    first = agencies[0].place
    place = first if "!" in first else f"{first.rpartition(':')[0]}:1"
    for tier in ("office", "department", "commune"):  # districts were abolished on 1/7/2025
        if tier not in tiers:
            reason = Words(f"không có {tier_words(tier)} nào", f"there is no agency of tier {tier}")
            yield ScenarioError("E-AGY-006", place, "tier", reason)
    if tiers.count("office") > 1:
        reason = Words("có hơn một Văn phòng UBND tỉnh", "there is more than one provincial office")
        yield _fault([row for row in agencies if row.tier == "office"][1], "tier", "E-AGY-006", reason)
