"""Procedures, population and one-stop settings: what is refused, and what the shipped province says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sim.scenario.districts import people_by_agency
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.procedures import LOWEST_ONLINE, Procedure
from sim.scenario.sheet import columns
from sim.scenario.tables import AgencyRow

if TYPE_CHECKING:
    from conftest import Small

BINH_DINH = "binh_dinh_2016_2020"
TABLE = "tables/procedures.csv"
CENSUS_2019 = 1_486_918

COPIES = {
    "procedure_id": "copies",
    "title_vi": "Chứng thực",
    "title_en": "Copies",
    "intake_tier": "commune",
    "agency_id": "",
    "service_level": "2",
    "level3_year": "",
    "level4_year": "",
    "priority_groups": "",
    "steps": "own",
    "work": "copies",
    "working_days": "0",
    "same_day": "1",
    "site_visit": "0",
    "financial_duty": "0",
    "documents": "2",
    "pages": "6",
    "fee_vnd": "8000",
    "volume_weight": "60",
    "portal": "province",
    "counted_as": "",
    "basis": "assumed",
    "source": "test",
    "days_basis": "assumed",
    "days_source": "test",
}
LAND = COPIES | {
    "procedure_id": "land",
    "intake_tier": "district",
    "steps": "own;commune;outside",
    "work": "long",
    "working_days": "15",
    "same_day": "0",
    "priority_groups": "district-7",
}
LICENCE = LAND | {
    "procedure_id": "licence",
    "intake_tier": "province",
    "agency_id": "dept.a",
    "steps": "own;office",
    "level3_year": "2016",
    "level4_year": "2017",
    "priority_groups": "province-4;province-3",
}
ROWS = (COPIES, LAND, LICENCE)


def with_procedures(small: Small, rows: Sequence[dict[str, str]], *, known: bool = True) -> Small:
    """The small province with these procedures, and with its district's population unless not `known`."""
    header = [name for name in columns(Procedure) if all(name in row for row in rows)]
    lines = [",".join(header), *(",".join(row[name] for name in header) for row in rows)]
    small.write(TABLE, "\n".join(lines) + "\n")
    small.edit("defaults.toml", 'procedures = ""', f'procedures = "{TABLE}"')
    if known:
        small.edit("tables/agencies.csv", "Hoa An district,,", "Hoa An district,9000,")
    return small


def faults(small: Small, *rows: dict[str, str], known: bool = True) -> list[tuple[str, str]]:
    return [(fault.code, fault.key) for fault in with_procedures(small, rows, known=known).faults()]


def test_a_row_may_be_a_family_of_procedures_and_is_one_where_the_table_does_not_say(small: Small) -> None:
    """The column may be left out as a whole, or its cell be blank."""
    assert [row.procedures for row in with_procedures(small, ROWS).load().procedures] == [1, 1, 1]
    families = [row | {"procedures": number} for row, number in zip(ROWS, ("11", "", "36"), strict=True)]
    header = columns(Procedure)
    small.write(
        TABLE, "\n".join([",".join(header), *(",".join(row[name] for name in header) for row in families)]) + "\n"
    )
    assert [row.procedures for row in small.load().procedures] == [11, 1, 36]


def test_a_family_of_none_is_refused(small: Small) -> None:
    assert faults(small, *(row | {"procedures": "0"} for row in ROWS)) == [("E-TAB-002", "procedures")]


@pytest.mark.parametrize(
    ("row", "changed", "code", "column"),
    [
        (LAND, {"procedure_id": "copies"}, "E-DOS-001", "procedure_id"),
        (LICENCE, {"agency_id": "dept.b"}, "E-DOS-002", "agency_id"),
        (LICENCE, {"agency_id": ""}, "E-DOS-002", "agency_id"),
        (LAND, {"agency_id": "dist.a"}, "E-DOS-002", "agency_id"),
        (LAND, {"steps": ""}, "E-DOS-003", "steps"),
        (LAND, {"steps": "commune"}, "E-DOS-003", "steps"),
        (LAND, {"steps": "own > outside"}, "E-DOS-003", "steps"),
        (LAND, {"steps": "own;dept.b"}, "E-DOS-003", "steps"),
        (LAND, {"steps": "own;commune;commune"}, "E-DOS-003", "steps"),
        (LAND, {"steps": "own;district"}, "E-DOS-003", "steps"),
        (LICENCE, {"steps": "own;dept.a"}, "E-DOS-003", "steps"),
        (LICENCE, {"service_level": "3"}, "E-DOS-004", "level3_year"),
        (LICENCE, {"level3_year": "2017", "level4_year": "2016"}, "E-DOS-004", "level4_year"),
        (LICENCE, {"level3_year": "2015"}, "E-DOS-004", "level3_year"),
        (LICENCE, {"volume_weight": "0"}, "E-DOS-005", "volume_weight"),
        (COPIES, {"working_days": "1"}, "E-DOS-006", "same_day"),
        (LAND, {"priority_groups": "ward-1"}, "E-TAB-002", "priority_groups"),
        (LAND, {"service_level": "5"}, "E-TAB-002", "service_level"),
        (LAND, {"service_level": "0"}, "E-TAB-002", "service_level"),
        (LAND, {"working_days": "-1"}, "E-TAB-002", "working_days"),
        (LAND, {"working_days": "2.5"}, "E-TAB-002", "working_days"),
        (LAND, {"work": "hard"}, "E-TAB-002", "work"),
        (LAND, {"portal": "world"}, "E-TAB-002", "portal"),
        (LAND, {"days_source": ""}, "E-TAB-002", "days_source"),
    ],
)
def test_a_bad_procedure_is_refused_with_its_line_and_column(
    small: Small, row: dict[str, str], changed: dict[str, str], code: str, column: str
) -> None:
    rows = [row | changed if kept is row else kept for kept in ROWS]
    found = with_procedures(small, rows).faults()
    assert [(fault.code, fault.key) for fault in found] == [(code, column)]
    place = "1" if code == "E-DOS-005" else str(ROWS.index(row) + 2)
    assert found[0].place == f"scenarios/{TABLE}:{place}"
    assert found[0].reason.vi != found[0].reason.en


def test_everything_wrong_is_said_at_once(small: Small) -> None:
    bad = LAND | {"steps": "own;moon", "agency_id": "dist.a", "level4_year": "2014", "work": "hard"}
    assert set(faults(small, COPIES, bad, LICENCE, known=False)) == {
        ("E-TAB-002", "work"),
        ("E-DOS-002", "agency_id"),
        ("E-DOS-003", "steps"),
        ("E-DOS-004", "level4_year"),
        ("E-DOS-008", "population"),
    }


def test_an_empty_catalogue_is_refused_and_says_how_to_do_without(small: Small) -> None:
    fault = with_procedures(small, ()).faults()[0]
    assert (fault.code, 'procedures = ""' in fault.repair.en) == ("E-DOS-011", True)


@pytest.mark.parametrize(
    ("setting", "code", "key"),
    [
        ('start.onestop_software=["dept.b"]', "E-DOS-010", "start.onestop_software"),
        ('start.online_services=["tier:ward"]', "E-DOS-010", "start.online_services"),
        ("dossiers.arrivals.hours.weights=[1, 2]", "E-DOS-009", "dossiers.arrivals.hours.weights"),
        ('dossiers.arrivals.commune_share="95 %"', "E-DOS-007", "dossiers.arrivals.commune_share"),
        ('dossiers.counter.copies="4 working days"', "E-UNIT-003", "dossiers.counter.copies"),
        ('dossiers.arrivals.per_head="2000 /year"', "E-DOS-012", "dossiers.arrivals.per_head"),
        ('dossiers.work.officer_share="0 %"', "E-RUN-003", "dossiers.work.officer_share"),
        ('dossiers.citizens.campaign_from="soon"', "E-KEY-004", "dossiers.citizens.campaign_from"),
    ],
)
def test_a_bad_setting_is_refused_by_name(small: Small, setting: str, code: str, key: str) -> None:
    found = with_procedures(small, ROWS).faults(sets=[setting])
    assert [(fault.code, fault.key) for fault in found] == [(code, key)]


def test_a_province_without_procedures_stays_valid(small: Small) -> None:
    assert small.load().procedures == ()
    assert small.load().scenario.dossiers.procedures == ""


def test_resolved_form_and_order_of_rows_do_not_change_what_is_said(small: Small) -> None:
    loaded = with_procedures(small, ROWS).load()
    assert [row.procedure_id for row in loaded.procedures] == ["copies", "land", "licence"]
    small.edit("defaults.toml", f'procedures = "{TABLE}"', 'procedures = ""')
    turned = with_procedures(small, ROWS[::-1], known=False).load()
    assert turned.content_hash == loaded.content_hash
    resolved = small.write("provinces/resolved.toml", loaded.resolved_toml())
    assert load(resolved, root=small.root).content_hash == loaded.content_hash
    small.edit(TABLE, ",60,", ",61,")
    assert small.load().content_hash != loaded.content_hash


def test_priorities_follow_the_plans_list_and_the_unlisted_come_last(small: Small) -> None:
    copies, land, licence = with_procedures(small, ROWS).load().procedures
    assert sorted((copies, land, licence), key=lambda row: row.priority) == [licence, land, copies]
    assert licence.priority == (0, 3)


def district(people: int | None, *communes: int | None) -> list[AgencyRow]:
    """One district and its communes, made from rows of the shipped table."""
    agencies = load(BINH_DINH).agencies
    one = next(row for row in agencies if row.agency_id == "dist.an_lao")
    other = next(row for row in agencies if row.parent_id == "dist.an_lao")
    return [
        replace(one, population=people),
        *(replace(other, agency_id=str(at), population=known) for at, known in enumerate(communes)),
    ]


@pytest.mark.parametrize(
    ("people", "communes", "shared"),
    [
        (100, (40, None, None), (40.0, 30.0, 30.0)),
        (100, (None, None), (50.0, 50.0)),
        (120, (40, 20), (80.0, 40.0)),
        (90, (60, 60, None), (30.0, 30.0, 30.0)),
        (None, (40, 20), (40.0, 20.0)),
    ],
)
def test_what_a_district_has_left_is_shared_among_its_blanks(
    people: int | None, communes: tuple[int | None, ...], shared: tuple[float, ...]
) -> None:
    found = people_by_agency(district(people, *communes))
    assert [found[str(at)] for at in range(len(communes))] == pytest.approx(shared)
    assert found["dist.an_lao"] == pytest.approx(sum(shared))


def test_a_district_of_which_nothing_is_known_is_refused() -> None:
    with pytest.raises(ValueError, match=r"dist\.an_lao"):
        people_by_agency(district(None, 40, None))


@pytest.fixture(scope="module")
def binh_dinh() -> LoadedScenario:
    return load(BINH_DINH)


def test_communes_and_districts_both_have_the_census(binh_dinh: LoadedScenario) -> None:
    people = people_by_agency(binh_dinh.agencies)
    for tier, number in (("district", 11), ("commune", 159)):
        mine = [people[row.agency_id] for row in binh_dinh.agencies if row.tier == tier]
        assert len(mine) == number
        assert sum(mine) == pytest.approx(CENSUS_2019)
        assert min(mine) > 300


def test_the_plans_own_counts_of_services(binh_dinh: LoadedScenario) -> None:
    """Annex I: 98 services, 76 provincial and 22 of districts; by March 2017 73 at level 3 and 25 at level 4."""
    listed = [row for row in binh_dinh.procedures if row.procedure_id.startswith("listed.")]
    assert Counter(row.intake_tier for row in listed) == {"province": 76, "district": 22}
    assert sum(row.service_level == LOWEST_ONLINE for row in listed) == 43
    by_2017 = [4 if row.level4_year else 3 if row.level3_year else row.service_level for row in listed]
    assert Counter(by_2017) == {3: 73, 4: 25}


def test_every_priority_group_of_the_plan_has_a_procedure_of_its_kind(binh_dinh: LoadedScenario) -> None:
    groups = {group for row in binh_dinh.procedures for group in row.priority_groups}
    numbers = {"province": 40, "district": 8, "commune": 5}
    assert groups == {f"{tier}-{n}" for tier, most in numbers.items() for n in range(1, most + 1)}


def test_same_day_cases_make_up_most_of_what_communes_take_in(binh_dinh: LoadedScenario) -> None:
    """A ward of 2025 had 73.5 % certified copies; nothing else may dominate a commune."""
    commune = [row for row in binh_dinh.procedures if row.intake_tier == "commune"]
    weight = sum(row.volume_weight for row in commune)
    copies = sum(row.volume_weight for row in commune if row.work == "copies") / weight
    same_day = sum(row.volume_weight for row in commune if row.same_day) / weight
    assert 0.5 < copies < 0.75
    assert copies < same_day < 0.95


def test_titles_tell_procedures_apart_in_both_languages(binh_dinh: LoadedScenario) -> None:
    for name in ("title_vi", "title_en"):
        titles = Counter((row.intake_tier, getattr(row, name)) for row in binh_dinh.procedures)
        assert [title for title, times in titles.items() if times > 1] == []
