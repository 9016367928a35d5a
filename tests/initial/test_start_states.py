"""Tables of fitted starting states: what is read, what is refused, and what the scenario then is."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from started import BASELINE, MAIL, MAIL_LEFT, USE, USE_LEFT, baselines, residuals_text, start, state, states_text
from worlds import Provinces, fixed

from sim.measure.baselines import baseline_rows
from sim.measure.payload import decode, encode
from sim.model.simulate import simulate
from sim.scenario.cautions import cautions_of
from sim.scenario.drawn import simulated
from sim.scenario.errors import ScenarioErrors
from sim.scenario.loading import load
from sim.scenario.quantity import Quantity
from sim.scenario.start_rules import FIT_AGAIN
from sim.scenario.start_schema import Start
from sim.scenario.start_states import SHARES, StartState, ranges_of

STATES = states_text(state(3), state(8, user_share=0.25))
LEFT = residuals_text(USE_LEFT, MAIL_LEFT)


def test_states_and_residuals_are_part_of_the_scenario(provinces: Provinces) -> None:
    loaded = start(provinces, STATES, LEFT)
    assert loaded.start_states == (state(3), state(8, user_share=0.25))
    assert loaded.start_residuals == (MAIL_LEFT, USE_LEFT)
    assert loaded.table_files.keys() >= {"start.fitted", "start.residuals"}


def test_every_share_of_the_start_has_its_column() -> None:
    values = {name for name, field in Start.model_fields.items() if field.annotation is Quantity}
    assert values == set(SHARES)


def test_the_content_counts_and_the_order_of_rows_does_not(provinces: Provinces) -> None:
    first = start(provinces, STATES, LEFT).content_hash
    assert start(provinces, states_text(state(8, user_share=0.25), state(3)), LEFT).content_hash == first
    others = [
        start(provinces, states_text(state(3), state(8, user_share=0.26)), LEFT),
        start(provinces, states_text(state(3)), LEFT),
        start(provinces, states_text(state(3), state(8, seed=8, user_share=0.25)), LEFT),
        start(provinces, STATES, residuals_text(USE_LEFT, replace(MAIL_LEFT, state="fitted"))),
        start(provinces, None, None),
    ]
    assert len({first, *(other.content_hash for other in others)}) == 1 + len(others)


def test_a_scenario_may_do_without(provinces: Provinces) -> None:
    loaded = start(provinces, None, None, 'start.fitted=""')
    assert (loaded.start_states, loaded.start_residuals) == ((), ())
    assert "start.fitted" not in loaded.table_files


def swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) >= 1
    return text.replace(old, new, 1)


def cell(column: str, value: str) -> str:
    """The good table with one cell of its first row replaced."""
    header, first, *rest = STATES.splitlines()
    cells = first.split(",")
    cells[header.split(",").index(column)] = value
    return "\n".join([header, ",".join(cells), *rest]) + "\n"


BAD_STATES: dict[str, tuple[str, str, str]] = {
    "empty_file": ("", "E-TAB-001", ""),
    "only_a_header": (STATES.splitlines()[0] + "\n", "E-INI-003", "start.fitted"),
    "column_missing": (swapped(STATES, "user_share,", ""), "E-TAB-001", ""),
    "column_unknown": (swapped(STATES, "distance", "far"), "E-TAB-001", ""),
    "cell_missing": (swapped(STATES, "7,3,", "7,"), "E-TAB-004", ""),
    "share_above_one": (cell("user_share", "1.01"), "E-TAB-002", "user_share"),
    "share_below_nought": (cell("user_share", "-0.1"), "E-TAB-002", "user_share"),
    "share_no_number": (cell("trained_share", "nan"), "E-TAB-002", "trained_share"),
    "share_in_per_cent": (cell("draft_sign_share", "50"), "E-TAB-002", "draft_sign_share"),
    "candidate_no_number": (cell("candidate", "three"), "E-TAB-002", "candidate"),
    "seed_too_large": (cell("seed", str(2**63)), "E-TAB-002", "seed"),
    "seed_negative": (cell("seed", "-7"), "E-TAB-002", "seed"),
    "ranges_no_digits": (cell("ranges", "now"), "E-TAB-002", "ranges"),
    "distance_infinite": (cell("distance", "inf"), "E-TAB-002", "distance"),
    "candidate_twice": (states_text(state(3), state(8), state(3)), "E-INI-004", "candidate"),
}


@pytest.mark.parametrize("bad", BAD_STATES.values(), ids=BAD_STATES)
def test_a_bad_table_of_states_is_refused(provinces: Provinces, bad: tuple[str, str, str]) -> None:
    text, code, key = bad
    with pytest.raises(ScenarioErrors) as refused:
        start(provinces, text, LEFT)
    found = [(error.code, error.key) for error in refused.value.errors]
    assert found == [(code, key)], refused.value.text("en")
    assert "initial/fitted.csv:" in refused.value.errors[0].place
    assert refused.value.text("vi") != refused.value.text("en")


def test_a_table_of_an_older_program_is_to_be_fitted_again(provinces: Provinces) -> None:
    """Before, a row held the shares alone, and volumes and people were drawn anew beside them."""
    former = "\n".join(",".join(line.split(",")[:2] + line.split(",")[3:]) for line in STATES.splitlines()) + "\n"
    with pytest.raises(ScenarioErrors) as refused:
        start(provinces, former, LEFT)
    (error,) = refused.value.errors
    assert (error.code, error.repair) == ("E-TAB-001", FIT_AGAIN)
    assert "lacks ranges" in error.reason.en


def test_a_fit_under_other_ranges_is_told_by_check(provinces: Provinces) -> None:
    """The scenario's own ranges; what is laid over them by the command line is meant to differ."""
    name = start(provinces, STATES, LEFT).scenario.name
    ranges = ranges_of(simulated(start(provinces, None, None).scenario))
    root = provinces.root
    text = (root / "provinces" / f"{name}.toml").read_text(encoding="utf-8")
    named = "\n".join(f'{key} = "initial/{key}.csv"' for key in ("fitted", "residuals"))
    reported = baselines(USE, MAIL)
    (root / "provinces" / "told.toml").write_text(f"{reported}\n{text}\n[start]\n{named}\n", encoding="utf-8")
    (root / "initial" / "residuals.csv").write_text(LEFT, encoding="utf-8")
    for digits, told in ((ranges, False), ("0" * 16, True)):
        path = root / "initial" / "fitted.csv"
        path.write_text(states_text(replace(state(3), ranges=digits)), encoding="utf-8")
        assert any(FIT_AGAIN.en in one.en for one in cautions_of(load("told", root=root))) is told
        over = load("told", root=root, sets=["people.scan=6 min"])
        assert not any(FIT_AGAIN.en in one.en for one in cautions_of(over))


BAD_RESIDUALS: dict[str, tuple[str, str, str]] = {
    "only_a_header": (LEFT.splitlines()[0] + "\n", "E-INI-003", "start.residuals"),
    "baseline_twice": (residuals_text(USE_LEFT, MAIL_LEFT, USE_LEFT), "E-INI-006", "baseline_id"),
    "baseline_unknown": (
        residuals_text(USE_LEFT, MAIL_LEFT, replace(USE_LEFT, baseline_id="used")),
        "E-INI-007",
        "baseline_id",
    ),
    "fitted_to_another_band": (residuals_text(replace(USE_LEFT, high=0.41), MAIL_LEFT), "E-INI-008", "baseline_id"),
    "fitted_to_another_value": (
        residuals_text(replace(USE_LEFT, reported=0.31), MAIL_LEFT),
        "E-INI-008",
        "baseline_id",
    ),
    "fitted_to_another_scope": (
        residuals_text(replace(USE_LEFT, scope="tier:commune"), MAIL_LEFT),
        "E-INI-008",
        "baseline_id",
    ),
    "baseline_missing": (residuals_text(USE_LEFT), "E-INI-009", "baselines.mail"),
    "state_unknown": (residuals_text(USE_LEFT, replace(MAIL_LEFT, state="unlikely")), "E-TAB-002", "state"),
    "share_no_number": (swapped(LEFT, "0.31", "a third"), "E-TAB-002", "simulated_median"),
}


@pytest.mark.parametrize("bad", BAD_RESIDUALS.values(), ids=BAD_RESIDUALS)
def test_a_bad_table_of_residuals_is_refused(provinces: Provinces, bad: tuple[str, str, str]) -> None:
    text, code, key = bad
    with pytest.raises(ScenarioErrors) as refused:
        start(provinces, STATES, text)
    assert [(error.code, error.key) for error in refused.value.errors] == [(code, key)], refused.value.text("en")


@pytest.mark.parametrize(
    ("sets", "code", "key"),
    [
        (("start.fitted=initial/none.csv",), "E-FILE-001", "start.fitted"),
        (("start.fitted=/etc/passwd",), "E-FILE-006", "start.fitted"),
        (("start.fitted=../../secret.csv",), "E-FILE-006", "start.fitted"),
        (("start.fitted=3",), "E-FILE-006", "start.fitted"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(
    provinces: Provinces, sets: tuple[str, ...], code: str, key: str
) -> None:
    with pytest.raises(ScenarioErrors) as refused:
        start(provinces, None, LEFT, *sets)
    assert (code, key) in [(error.code, error.key) for error in refused.value.errors]


@pytest.mark.parametrize(("states", "left"), [(STATES, None), (None, LEFT)])
def test_one_table_without_the_other_is_refused(provinces: Provinces, states: str | None, left: str | None) -> None:
    with pytest.raises(ScenarioErrors) as refused:
        start(provinces, states, left)
    assert "E-INI-002" in [error.code for error in refused.value.errors]


def test_a_range_laid_over_a_fit_is_refused_and_a_fixed_value_is_not(provinces: Provinces) -> None:
    wide = 'start.user_share={ value="50 %", low="10 %", high="90 %", kind="beta", basis="assumed", source="test" }'
    root = provinces.root / "provinces"
    name = start(provinces, STATES, LEFT).scenario.name
    text = (root / f"{name}.toml").read_text(encoding="utf-8")
    tables = "\n".join(f'{key} = "initial/{key}.csv"' for key in ("fitted", "residuals"))
    assert "[start]" not in text
    (root / "fitted.toml").write_text(f"{text}\n[start]\n{tables}\n", encoding="utf-8")
    reported = baselines(USE, MAIL)
    with pytest.raises(ScenarioErrors) as refused:
        load("fitted", root=provinces.root, sets=[reported, wide])
    assert [(error.code, error.key) for error in refused.value.errors] == [("E-INI-005", "start.user_share.low")]
    known = load("fitted", root=provinces.root, sets=[reported, fixed("start.user_share", "90 %")])
    assert len(known.start_states) == 2
    again = load("fitted", root=provinces.root, sets=[reported, wide, 'start.fitted=""', 'start.residuals=""'])
    assert again.start_states == ()


SET_TEXT = (
    'baselines=[{use}, {mail}, {{id="computers", measure="pc_share", fitted={fitted}, source="test",'
    ' reported={{value="90 %", low="80 %", high="95 %", kind="uniform", basis="reported", source="test"}}}}]'
)
COUNT = (
    'counts=[{id="signers", measure="personal_certificates", source="test",'
    ' reported={value=4, low=3, high=5, kind="uniform", basis="reported", source="test"}}]'
)


def test_what_the_start_is_set_to_needs_no_fit_and_leaves_the_fit_valid(provinces: Provinces) -> None:
    """A reported value that was never fitted, and a number of things, beside a fit made before they were stated."""
    rows = {"use": BASELINE.format(**USE), "mail": BASELINE.format(**MAIL)}
    loaded = start(provinces, STATES, LEFT, SET_TEXT.format(**rows, fitted="false"), COUNT)
    assert loaded.start_states == start(provinces, STATES, LEFT).start_states
    with pytest.raises(ScenarioErrors) as refused:
        start(provinces, STATES, LEFT, SET_TEXT.format(**rows, fitted="true"), COUNT)
    assert [(error.code, error.key) for error in refused.value.errors] == [("E-INI-009", "baselines.computers")]
    with pytest.raises(ScenarioErrors) as refused:
        start(provinces, STATES, LEFT, COUNT.replace("signers", "use"))
    assert [(error.code, error.key) for error in refused.value.errors] == [("E-ID-001", "counts.use")]


def test_both_kinds_stand_in_the_table_of_the_start(provinces: Provinces) -> None:
    rows = {"use": BASELINE.format(**USE), "mail": BASELINE.format(**MAIL)}
    sets = (SET_TEXT.format(**rows, fitted="false"), COUNT, fixed("equipment.pc_share", "90 %"))
    loaded = start(provinces, STATES, LEFT, *sets, fixed("equipment.commune_pc_share", "90 %"))
    record = simulate(loaded, 5, 0)
    table = {row.baseline_id: row for row in baseline_rows(loaded, [decode(encode(record, loaded))])}
    assert list(table) == ["use", "mail", "computers", "signers"]
    assert [row.state for row in table.values()] == ["fitted", "impossible", "set", "set"]
    staff = record.stocks[0]["staff"]
    with_one = sum(round(0.9 * people) for people in staff) / sum(staff)
    assert table["computers"].simulated_median == pytest.approx(with_one)
    assert table["signers"].simulated_median == record.stocks[0]["personal"].sum() == 4


BASELINES = {
    "measure": (USE | {"measure": "internal_share"}, "E-TGT-002", "baselines.use.measure"),
    "scope": (USE | {"scope": "tier:village"}, "E-TGT-004", "baselines.use.scope"),
    "band": (USE | {"low": "35 %"}, "E-QTY-001", "baselines.use.reported"),
}


@pytest.mark.parametrize("bad", BASELINES.values(), ids=BASELINES)
def test_a_bad_baseline_is_refused(provinces: Provinces, bad: tuple[dict[str, str], str, str]) -> None:
    row, code, key = bad
    with pytest.raises(ScenarioErrors) as refused:
        start(provinces, None, None, reported=(row,))
    assert [(error.code, error.key) for error in refused.value.errors] == [(code, key)]


def test_a_baseline_without_a_band_is_refused(provinces: Provinces) -> None:
    bare = (
        'baselines=[{id="use", measure="trained_share", source="test",'
        ' reported={value="30 %", basis="reported", source="test"}}]'
    )
    with pytest.raises(ScenarioErrors) as refused:
        start(provinces, None, None, bare, reported=())
    assert [(error.code, error.key) for error in refused.value.errors] == [("E-INI-001", "baselines.use.reported")]


def test_the_place_of_a_row_is_no_part_of_it() -> None:
    assert [field.name for field in fields(StartState) if not field.compare] == ["place"]
    assert replace(state(3), place="initial/fitted.csv:2") == state(3)
