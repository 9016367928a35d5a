"""Bà Rịa - Vũng Tàu over its roll-outs and its move: nothing is lost, each agency has what the plan says by then."""

from __future__ import annotations

from datetime import date

import pytest
from worlds import fixed

from sim.exchange.codes import ROUTE_DEDICATED, UNUSED
from sim.model.simulate import simulate
from sim.scenario.loading import load


@pytest.mark.slow
def test_a_year_and_a_half_with_roll_outs_on_their_days_and_the_move() -> None:
    """`simulate` itself refuses a replication in which a document, dossier, certificate or đồng is unaccounted for."""
    loaded = load(
        "ba_ria_vung_tau_2011_2015",
        until="2012-06-30",
        sets=(
            fixed("rollouts.eoffice_2011.delay", "0 days"),
            fixed("rollouts.link_list1.delay", "0 days"),
            fixed("rollouts.link_science.delay", "30 days"),
        ),
    )
    record = simulate(loaded, 5, 0)
    ends = [month for month in record.months if month >= date(2011, 1, 1)]
    at = {name: place for place, name in enumerate(record.agency_ids)}

    def state(month_ended: date, column: str, agency: str) -> int:
        return int(record.stocks[column][1 + ends.index(month_ended), at[agency]])

    for agency in ("dept.education", "dist.vung_tau"):
        assert state(date(2011, 5, 1), "level", agency) < UNUSED <= state(date(2011, 6, 1), "level", agency)
    assert state(date(2011, 6, 1), "linked", "dept.planning") == 0
    assert state(date(2011, 7, 1), "linked", "dept.planning") == 1
    assert state(date(2012, 6, 1), "linked", "dept.science") == 0, "its software is upgraded from the middle of 2012 on"
    assert state(date(2012, 4, 1), "route", "dept.finance") != ROUTE_DEDICATED
    assert state(date(2012, 5, 1), "route", "dept.finance") == ROUTE_DEDICATED, "moved on 2 May"
    assert record.dossier_flows.sum() > 0
