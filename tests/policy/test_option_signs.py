"""Every option, regime and future moves what an office expects, the way it expects: four `*_signs` files say which.

Each row is paired: the same unknowns and the same luck with and without the option. A row holds when so many of its
pairs have the right sign as a fair coin would show once in a thousand times (sign test, ties left out: futures differ
so much in size that a mean says less), so that over all rows together the chance that luck alone let one pass is about
one in twenty. What moves nothing is checked to move nothing. What hardly moves Bình Định, where lines are idle, is
bounded in `test_what_lines_could_save`.
"""

from __future__ import annotations

from datetime import date

import pytest
from future_signs import FUTURE_SIGNS
from money_signs import MONEY_SIGNS
from network_signs import NETWORK_SIGNS
from option_worlds import LIGHT, SURE, Row
from people_signs import PEOPLE_SIGNS
from plans import planned
from scipy.stats import binomtest
from worlds import SHIPPED, Provinces

from sim.model.simulate import simulate
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import LoadedScenario

TABLE = (*NETWORK_SIGNS, *PEOPLE_SIGNS, *MONEY_SIGNS, *FUTURE_SIGNS)
CHANCE = 0.001
"""Of a row that passes by luck alone."""
SEED = 20170317


def loaded_with(provinces: Provinces, row: Row, *, laid: bool) -> LoadedScenario:
    """The row's world, with or without what is laid over it; what it sets itself is left to it."""
    file = SHIPPED / {"option": "options", "adoption": "adoption", "future": "futures"}[row.kind] / f"{row.name}.toml"
    text = file.read_text(encoding="utf-8")
    mine = {one.split("=")[0] for one in row.sets}
    common = [one for one in (*SURE, *LIGHT) if one.split("=")[0] not in mine | set(row.leave)]
    sets = [one for one in (*common, *row.sets) if f'"{one.split("=")[0]}' not in text]
    loaded = provinces.load(
        row.offices,
        sets=sets,
        start=date(2017, 1, 1),
        end=row.end,
        warm_up="1 months",
        personal=row.certificates,
        organisation=row.certificates,
        procedures=row.procedures,
        options=[str(file)] if laid and row.kind == "option" else [],
        **({row.kind: str(file)} if laid and row.kind != "option" else {}),
    )
    return planned(loaded, row.lines, row.purchases)


def pairs(provinces: Provinces, row: Row) -> list[tuple[float, float]]:
    """Without and with it, replication by replication."""
    base, other = (loaded_with(provinces, row, laid=laid) for laid in (False, True))
    return [
        tuple(row.measure(simulate(loaded, SEED, replication)) for loaded in (base, other))
        for replication in range(row.pairs)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.name}-{row.sign:+d}")
def test_it_moves_what_an_office_expects_the_way_it_expects(provinces: Provinces, row: Row) -> None:
    found = pairs(provinces, row)
    if row.sign == 0:
        assert all(before == after for before, after in found), row.path
        return
    moved = [row.sign * (after - before) for before, after in found if after != before]
    right = sum(one > 0.0 for one in moved)
    assert moved, f"{row.path}: nothing moves"
    assert binomtest(right, len(moved), alternative="greater").pvalue < CHANCE, f"{row.path}: {found}"


def test_every_option_regime_and_future_has_a_row() -> None:
    shipped = {(one.kind, one.name) for one in list_scenarios() if one.kind != "scenario"}
    assert {(row.kind, row.name) for row in TABLE} == shipped
