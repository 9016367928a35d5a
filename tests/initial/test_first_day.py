"""A replication starts from one fitted row, and nothing else of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest
from started import LINKED, MAIL, MAIL_LEFT, USE, USE_LEFT, residuals_text, start, state, states_text
from worlds import Provinces, fixed

from sim.engine.draws import identity, luck_of, uniform
from sim.exchange.counting import A_HANDLED
from sim.measure.baselines import baseline_rows, baseline_value, baseline_values, obstacle
from sim.measure.flows import Counting, flow_ratio
from sim.measure.payload import decode, encode
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.results.replication_tables import StartValueRow
from sim.scenario.choices import DRAW_PARAMETER
from sim.scenario.drawn import draw_parameters
from sim.scenario.loading import LoadedScenario
from sim.scenario.start_states import PAST_SECTIONS, SHARES, StartState, open_shares, state_of

SEED = 11


@pytest.fixture(scope="module")
def plain(provinces: Provinces) -> LoadedScenario:
    """Nothing fitted."""
    return start(provinces, None, None, reported=(USE, MAIL, LINKED))


@pytest.fixture(scope="module")
def before(plain: LoadedScenario) -> RunRecord:
    return simulate(plain, SEED, 0)


def from_states(plain: LoadedScenario, *states: StartState) -> LoadedScenario:
    return replace(plain, start_states=states)


def same(first: RunRecord, second: RunRecord, *but: str) -> bool:
    """Whether two records agree in all but these parts."""
    parts = [part.name for part in fields(RunRecord) if part.name not in but]
    return all(_equal(getattr(first, name), getattr(second, name)) for name in parts)


def _equal(one: object, other: object) -> bool:
    """Arrays cell by cell, those of a mapping key by key, and those of a thing of several field by field."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if is_dataclass(one) and is_dataclass(other):
        return all(_equal(getattr(one, part.name), getattr(other, part.name)) for part in fields(one))
    return np.array_equal(one, other)  # type: ignore[arg-type]


def start_of(record: RunRecord) -> dict[str, float]:
    return {name: record.parameters[f"start.{name}"] for name in SHARES}


def is_past(key: str) -> bool:
    return key.partition(".")[0] in PAST_SECTIONS


def test_the_parameters_of_the_record_are_those_of_one_candidate(plain: LoadedScenario, before: RunRecord) -> None:
    """The shares as the row has them, all else of the past as the candidate drew it, the rest the replication's own."""
    found = simulate(from_states(plain, state(5, user_share=0.9)), SEED, 0, warm_up_only=True)
    known = {name: before.parameters[f"start.{name}"] for name in set(SHARES) - set(open_shares(plain.scenario.start))}
    assert start_of(found) == dict.fromkeys(SHARES, 0.5) | {"user_share": 0.9} | known
    then = simulate(plain, 7, 5, warm_up_only=True)
    for key, value in found.parameters.items():
        if not key.startswith("start."):
            assert value == (then if is_past(key) else before).parameters[key], key
    assert then.parameters["volumes.office_incoming"] != before.parameters["volumes.office_incoming"]
    assert then.parameters["people.scan"] != before.parameters["people.scan"]
    assert then.parameters["adoption.base"] != before.parameters["adoption.base"]


def test_a_replication_that_starts_from_its_own_candidate_is_the_same_replication(
    plain: LoadedScenario, before: RunRecord
) -> None:
    """Its own shares and its own luck: were any other draw touched, something of the record would differ."""
    own = replace(state(0, seed=SEED), **start_of(before))
    again = simulate(from_states(plain, own), SEED, 0)
    assert same(before, again)


def test_agencies_volumes_and_staff_come_together_and_the_documents_are_the_replications_own(
    plain: LoadedScenario,
) -> None:
    then = simulate(plain, SEED, 3, warm_up_only=True)
    own = replace(state(3, seed=SEED), **start_of(then))
    found = [simulate(from_states(plain, own), SEED, number, warm_up_only=True) for number in (0, 1)]
    for record in found:
        assert record.fanout == then.fanout
        for name in ("level", "users", "staff", "trained", "route", "linked", "mail_users"):
            assert np.array_equal(record.stocks[0][name], then.stocks[0][name]), name
        assert np.array_equal(record.station_agencies, then.station_agencies)
    written = [record.agency_flows[..., A_HANDLED].sum() for record in (then, *found)]
    assert len(set(written)) == 3
    assert max(written) < 1.25 * min(written)


def test_what_the_planner_sets_over_a_state_acts(provinces: Provinces, plain: LoadedScenario) -> None:
    """A fixed number holds in every state; a laid range is drawn where the state stands in its own."""
    states = [state(number, seed=SEED) for number in range(4)]
    set_over = start(
        provinces,
        None,
        None,
        fixed("volumes.office_incoming", "12345 /year"),
        'people.scan={value="9 min", low="8 min", high="10 min", kind="uniform", basis="assumed", source="test"}',
        reported=(USE, MAIL, LINKED),
    )
    for number, one in enumerate(states):
        found = simulate(from_states(set_over, one), SEED, 9, warm_up_only=True).parameters
        assert found["volumes.office_incoming"] == 12345
        u = float(uniform(luck_of(SEED, number), identity("people.scan"), DRAW_PARAMETER, 0))
        assert found["people.scan"] == pytest.approx(60_000 * (8 + 2 * (u - 0.05) / 0.9))
        former = simulate(from_states(plain, one), SEED, 9, warm_up_only=True).parameters
        changed = {key for key in found if found[key] != former[key]}
        assert changed == {"volumes.office_incoming", "people.scan"}


def test_levels_follow_the_shares_of_the_row(plain: LoadedScenario) -> None:
    all_online = {"installed_unused_share": 0.0, "registry_only_share": 0.0, "draft_sign_share": 1.0, "user_share": 1.0}
    found = simulate(from_states(plain, state(0, **all_online)), SEED, 0, warm_up_only=True).stocks[0]
    installed = (found["level"] > 0) & (found["staff"] > 0)
    assert installed.sum() == 6
    assert (found["level"][installed] == 4).all()
    assert (found["users"][installed] == found["staff"][installed]).all()
    unused = simulate(from_states(plain, state(0, installed_unused_share=1.0)), SEED, 0, warm_up_only=True).stocks[0]
    assert (unused["level"][installed] == 1).all()


def test_rows_are_chosen_evenly_and_by_the_unknown_not_by_luck(plain: LoadedScenario) -> None:
    states = [state(candidate) for candidate in range(5)]
    chosen = [state_of(states, luck_of(SEED, replication)) for replication in range(1000)]
    counts = [chosen.count(one) for one in states]
    assert sum((count - 200) ** 2 / 200 for count in counts) < 18.5  # 0.1 % point of chi-squared with 4 degrees
    assert state_of((), 5) is None
    two = from_states(plain, state(1, user_share=0.1), state(2, user_share=0.9))
    for replication in range(3):
        first = simulate(two, SEED, replication, warm_up_only=True)
        second = simulate(two, SEED, replication, warm_up_only=True, second_luck=True)
        assert first.parameters == second.parameters


def test_what_is_known_is_left_alone(provinces: Provinces, plain: LoadedScenario) -> None:
    known = start(provinces, None, None, fixed("start.user_share", "33 %"))
    record = simulate(from_states(known, state(0, user_share=0.9)), SEED, 0, warm_up_only=True)
    assert record.parameters["start.user_share"] == 0.33
    assert record.parameters["start.trained_share"] == 0.5
    certain = simulate(from_states(plain, state(0)), SEED, 0, warm_up_only=True, certain=True)
    assert certain.parameters == draw_parameters(plain.scenario, luck_of(SEED, 0), certain=True)


def test_reported_values_are_of_the_warm_up_and_the_first_day(plain: LoadedScenario, before: RunRecord) -> None:
    use, mail, linked = plain.scenario.baselines
    optimism = before.parameters["reporting.optimism"]
    assert before.first_month == 2
    whole = flow_ratio(before, "internal_electronic_share", "all", Counting())
    true, reported = whole.share(0, 1), whole.share(0, 1, optimism)
    assert true is not None
    assert reported is not None
    assert baseline_value(before, use) == reported
    assert true < reported <= true + optimism
    inside = before.tiers < 4
    people = before.stocks[0][inside]
    assert baseline_value(before, mail) == people["mail_users"].sum() / people["staff"].sum()
    assert baseline_value(before, linked) == 0.0
    assert baseline_values(before, plain.scenario).keys() == {"use", "mail", "linked"}
    short = simulate(plain, SEED, 0, warm_up_only=True)
    assert baseline_value(short, mail) == baseline_value(before, mail)
    assert baseline_value(short, use) == pytest.approx(reported, abs=0.02)


def test_what_stands_in_the_way_is_told(plain: LoadedScenario, before: RunRecord) -> None:
    use, mail, _ = plain.scenario.baselines
    communes = before.tiers == 3
    handled = before.agency_flows[:2, :, A_HANDLED].sum(axis=0)
    found = obstacle(before, use)
    assert found == ("no_eoffice", pytest.approx(handled[communes].sum() / handled[before.tiers < 4].sum()))
    assert obstacle(before, mail) is None
    sent = use.model_copy(update={"measure": "exchange_electronic_share", "scope": "tier:commune"})
    name, share = obstacle(before, sent) or ("", 0.0)
    assert name == "sender_no_eoffice"
    assert 0.5 < share < 1.0


def test_the_table_of_baselines(provinces: Provinces, before: RunRecord) -> None:
    states = states_text(state(3))
    residuals = residuals_text(replace(USE_LEFT, state="not fitted", reason_vi="vì", reason_en="because"), MAIL_LEFT)
    fitted = start(provinces, states, residuals)
    measured = [replace(decode(encode(before, fitted)), replication=i) for i in range(4)]
    values = [0.1, 0.2, 0.3, None]
    measured = [
        replace(one, baselines=(StartValueRow("use", value), StartValueRow("mail", 0.5)))
        for one, value in zip(measured, values, strict=True)
    ]
    use, mail = baseline_rows(fitted, measured)
    assert (use.reported, use.low, use.high, use.n) == (0.3, 0.2, 0.4, 3)
    assert [use.simulated_median, use.p05, use.p95] == pytest.approx([0.2, 0.11, 0.29])
    assert use.in_band_share == pytest.approx(2 / 3)
    assert (use.state, use.reason_vi, use.reason_en) == ("not fitted", "vì", "because")
    assert (mail.state, mail.in_band_share, mail.source) == ("impossible", 1.0, "test")
    unfitted = start(provinces, None, None)
    rows = baseline_rows(unfitted, measured)
    assert [(row.state, row.reason_vi, row.reason_en) for row in rows] == [("not fitted", None, None)] * 2
    blank = (StartValueRow("use", None), StartValueRow("mail", None))
    for row in baseline_rows(unfitted, [replace(measured[0], baselines=blank)]):
        assert (row.simulated_median, row.p05, row.p95, row.in_band_share) == (None,) * 4
