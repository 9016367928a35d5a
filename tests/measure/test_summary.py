"""From replications to tables: medians, bands and verdicts by hand on made-up replications."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from measured_runs import Runs, months, named

from sim.measure.measured import Measured
from sim.measure.payload import decode, encode
from sim.measure.summary import tables
from sim.measure.targets import readings
from sim.measure.verdicts import more_needed, wilson
from sim.results.replication_tables import OUTCOMES, AccountRow, AgencyStateRow, CauseAmountRow, OutcomeRow


@pytest.fixture(scope="session")
def known(runs: Runs) -> Measured:
    """A replication whose parts the tests replace."""
    return decode(encode(runs.records[0], runs.loaded))


def made_up(known: Measured, replication: int, **parts: Any) -> Measured:
    """One replication with these parts."""
    return replace(known, replication=replication, **parts)


def test_series_by_hand(runs: Runs, known: Measured) -> None:
    """Values 1, 2, 4, 8 and a blank: median 3, 5 % point 1.15, 25 % 1.75, 75 % 5, 95 % 7.4, of four."""
    values = [4.0, None, 1.0, 8.0, 2.0]
    measured = [
        made_up(known, i, series=months([["2018-01-31", "m", "all", "true", "share", value]]))
        for i, value in enumerate(values)
    ]
    row = named(tables(runs.loaded, measured)["series"])[0]
    band = [row[name] for name in ("median", "p05", "p25", "p75", "p95")]
    assert band == pytest.approx([3.0, 1.15, 1.75, 5.0, 7.4])
    assert row["n"] == 4
    rows = named(tables(runs.loaded, measured)["replications"])
    assert [(row["replication"], row["value"]) for row in rows] == [(0, 4.0), (2, 1.0), (3, 8.0), (4, 2.0)]


def test_a_series_blank_everywhere_stays_blank(runs: Runs, known: Measured) -> None:
    measured = [made_up(known, i, series=months([["2018-01-31", "m", "all", "true", "share", None]])) for i in range(3)]
    row = named(tables(runs.loaded, measured)["series"])[0]
    assert (row["median"], row["p05"], row["p95"], row["n"]) == (None, None, None, 0)


def target_rows(runs: Runs, value: float | None, first: str | None) -> tuple[OutcomeRow, ...]:
    """Every reading of every target with this value, reached if it has a first month."""
    return OUTCOMES.plain_rows(
        [target.id, reading.name, reading.measure, reading.scope, value, first is not None, first]
        for target in runs.loaded.scenario.targets
        for reading in readings(target)
    )


def test_targets_by_hand(runs: Runs, known: Measured) -> None:
    """Sixteen of twenty reach it, four never do: the usual first month is the tenth of twenty."""
    measured = [
        made_up(known, i, targets=target_rows(runs, 0.5 + i / 100, f"2018-{1 + i // 4:02d}-28" if i < 16 else None))
        for i in range(20)
    ]
    rows = named(tables(runs.loaded, measured[::-1])["targets"])
    assert len(rows) == len(target_rows(runs, None, None))
    for row in rows:
        assert row["n"] == 20
        assert row["p_reached"] == 0.8
        assert (row["p_low"], row["p_high"]) == wilson(16, 20)
        assert row["median"] == pytest.approx(0.595)
        assert row["p05"] == pytest.approx(0.5095)
        assert row["p95"] == pytest.approx(0.6805)
        assert row["first_reached"] == "2018-03-28"
        assert row["verdict"] == f"undecided ({more_needed(16, 20, 0.8)} more)"


def test_first_reached_is_blank_when_half_never_reach_it(runs: Runs, known: Measured) -> None:
    """Two of four reach it: the second of four in order of time still has a month; one of four has not."""
    two = [made_up(known, i, targets=target_rows(runs, 0.5, f"2018-0{i + 1}-28" if i < 2 else None)) for i in range(4)]
    assert {row["first_reached"] for row in named(tables(runs.loaded, two)["targets"])} == {"2018-02-28"}
    one = [made_up(known, i, targets=target_rows(runs, 0.5, "2018-01-31" if i < 1 else None)) for i in range(4)]
    assert {row["first_reached"] for row in named(tables(runs.loaded, one)["targets"])} == {None}


def test_blank_target_values_are_not_reached_and_not_in_the_band(runs: Runs, known: Measured) -> None:
    measured = [made_up(known, 0, targets=target_rows(runs, None, None))]
    measured += [made_up(known, i, targets=target_rows(runs, 0.9, "2018-01-31")) for i in (1, 2, 3)]
    for row in named(tables(runs.loaded, measured)["targets"]):
        assert (row["median"], row["p_reached"], row["n"]) == (0.9, 0.75, 4)


def test_a_target_s_years_by_hand(runs: Runs, known: Measured) -> None:
    """Values 0.1 to 0.5, then 0.9, in the years before and after; in the year it is due what `targets` says."""
    measured = []
    for i, value in enumerate((0.1, 0.2, 0.3, 0.4, 0.5)):
        years = [replace(row, value=value, reached=value >= 0.4) for row in known.years]
        measured.append(made_up(known, i, years=tuple(years)))
    made = tables(runs.loaded, measured)
    verdicts = {(row["target_id"], row["reading"]): row for row in named(made["targets"])}
    rows = named(made["targets_by_year"])
    assert {row["year"] for row in rows} == {2018, 2019}
    assert len(rows) == 2 * len(verdicts)
    for row in rows:
        verdict = verdicts[row["target_id"], row["reading"]]
        if row["year"] == int(verdict["due"][:4]):
            same = ("median", "p05", "p95", "p_reached", "threshold", "n", "scope", "measure")
            assert [row[name] for name in same] == [verdict[name] for name in same]
            assert (row["state"], row["as_of"]) == (verdict["verdict"], verdict["due"])
        else:
            assert (row["median"], row["p05"], row["p95"]) == pytest.approx((0.3, 0.12, 0.48))
            assert (row["p_reached"], row["threshold"], row["n"]) == (0.4, verdict["threshold"], 5)
            assert row["state"] == ("not_due" if row["year"] < int(verdict["due"][:4]) else "past_due")


def test_agencies_by_hand(runs: Runs, known: Measured) -> None:
    """Levels 2, 3, 4; users 0, 5, 10 of 20; shares known twice; utilisation known once."""
    states = [(2, 0, 0.2, None), (3, 5, None, 0.7), (4, 10, 0.6, None)]
    measured = [
        made_up(known, i, agencies=(AgencyStateRow("office", level, users, 20, share, load),))
        for i, (level, users, share, load) in enumerate(states)
    ]
    (row,) = named(tables(runs.loaded, measured)["agencies"])
    assert (row["agency_id"], row["tier"], row["n"]) == ("office", "office", 3)
    assert row["level_median"] == 3.0
    assert row["user_share_median"] == 0.25
    assert row["electronic_share_median"] == pytest.approx(0.4)
    assert row["registry_utilisation_median"] == 0.7


def test_spending_and_causes_by_hand(runs: Runs, known: Measured) -> None:
    arrived = [0.0, 100.0, 100.0]
    measured = [
        made_up(
            known,
            i,
            spending=(AccountRow("I.1", "DT", 2018, 100.0, came, 0.9 * came, 0.8 * came, 0.1 * came),),
            causes=(CauseAmountRow(2018, "waiting", "post", "hours", 10.0 * i),),
        )
        for i, came in enumerate(arrived)
    ]
    (row,) = named(tables(runs.loaded, measured)["spending"])
    assert (row["line_id"], row["source"], row["year"], row["n"]) == ("I.1", "DT", 2018, 3)
    assert row["planned_million_vnd"] == 100.0
    amounts = [row[f"{entry}_median"] for entry in ("arrived", "committed", "spent", "returned")]
    assert amounts == pytest.approx([100.0, 90.0, 80.0, 10.0])
    (cause,) = named(tables(runs.loaded, measured)["causes"])
    assert (cause["median"], cause["n"]) == (10.0, 3)
    assert (cause["p05"], cause["p95"]) == pytest.approx((1.0, 19.0))


def test_order_of_replications_changes_no_table(runs: Runs) -> None:
    measured = [decode(encode(record, runs.loaded)) for record in runs.records]
    forwards, backwards = tables(runs.loaded, measured), tables(runs.loaded, measured[::-1])
    assert {name: table.text() for name, table in forwards.items()} == {
        name: table.text() for name, table in backwards.items()
    }


def test_every_number_of_the_model_is_listed_with_its_source(runs: Runs, known: Measured) -> None:
    rows = {row["key"]: row for row in named(tables(runs.loaded, [known])["parameters"])}
    assert set(known.parameters) <= set(rows)
    assert all(row["source"] for row in rows.values())
    cost = rows["purchases.I.1.eoffice_web_service.unit_cost"]
    assert (cost["low"], cost["value"], cost["high"], cost["basis"]) == (8.0, 10.0, 12.0, "assumed")


def test_nothing_to_tabulate_is_an_error(runs: Runs) -> None:
    with pytest.raises(ValueError, match="no finished replication"):
        tables(runs.loaded, [])
