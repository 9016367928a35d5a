"""How a year's money of a line is divided among what it buys, and what becomes of the part of work that is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from bare_province import installed, province, run
from plans import buy, line, total
from worlds import Provinces

from sim.exchange.codes import COMMUNE
from sim.model.record import RunRecord


def test_a_line_is_divided_as_stated(provinces: Provinces) -> None:
    """60 million at 1 to 3: 15 for tokens, 45 for communes."""
    purchases = [
        buy("I.1", "token", 1.0, share=0.25, tiers=("commune",)),
        buy("I.1", "eoffice_web_service", 10.0, share=0.75, tiers=("commune",)),
    ]
    record = run(province(provinces), [line("I.1", 2018, 60.0)], purchases)
    tokens = record.stocks["organisation"][-1].sum() + record.stocks["personal"][-1].sum()
    assert (tokens, installed(record)) == (15, 4)
    assert total(record, "returned") == pytest.approx(5.0)


def test_the_years_programme_gives_nothing_to_what_nobody_needs(provinces: Provinces) -> None:
    """Everybody is linked already: the part of the link goes to communes that have no e-office."""
    lines = [line("I.1", 2018, 60.0)]
    purchases = [
        buy("I.1", "eoffice_link", 1.0, share=0.5),
        buy("I.1", "eoffice_web_service", 10.0, tiers=("commune",), share=0.5),
    ]
    loaded = province(provinces)
    record = run(loaded, lines, purchases)
    assert installed(record) == 6
    assert total(record, "spent") == pytest.approx(60.0)
    alone = [*purchases, buy("I.2", "eoffice_alone", 10.0, tiers=("commune",))]
    assert installed(run(loaded, lines, alone)) == 6, "what would have to be linked is planned, but has no money"
    to_come = [*lines, line("I.2", 2019, 60.0)]
    assert installed(run(loaded, to_come, alone)) == 3, "a line is still to buy what would have to be linked"


def test_what_is_left_of_work_that_is_done_goes_to_the_line(provinces: Provinces) -> None:
    """2018: 20 of 30 million for mail, 30 for three communes. 2019: the 10 that were left and 20 new for the others."""
    loaded = province(provinces, end=date(2019, 6, 30))
    record = run(
        loaded,
        [line("I.1", 2018, 60.0), line("I.1", 2019, 20.0)],
        [
            buy("I.1", "mail_upgrade", 20.0, share=0.5),
            buy("I.1", "eoffice_web_service", 10.0, tiers=("commune",), share=0.5),
        ],
    )
    assert installed(record, 12) == 3
    assert installed(record) == 6
    assert [account.spent for account in record.accounts] == pytest.approx([60.0, 20.0])
    assert total(record, "returned") == pytest.approx(0.0)


def test_what_must_come_first_keeps_the_part_of_what_follows(provinces: Provinces) -> None:
    """No commune can join before its district has the software; its money waits for that and goes to nothing else."""
    record = run(
        province(provinces, end=date(2019, 6, 30)),
        [line("I.1", 2018, 100.0), line("I.1", 2019, 1.0)],
        [
            buy("I.1", "onestop_software", 40.0, tiers=("district",), share=0.4),
            buy("I.1", "onestop_commune_software", 10.0, tiers=("commune",), share=0.6),
        ],
    )
    assert int(record.stocks["onestop"][-1][record.tiers == COMMUNE].sum()) == 6


def seats(record: RunRecord) -> int:
    """Seats taken in general training."""
    return int(record.stocks["trained"][-1].sum() - record.stocks["trained"][0].sum())


def test_what_follows_is_done_when_all_have_it_though_its_predecessor_is_still_bought(provinces: Provinces) -> None:
    """2019: a second department gets software; all communes have joined, so that two sevenths of 70 are for seats."""
    record = run(
        province(provinces, 'start.onestop_software=["tier:district"]', end=date(2019, 6, 30)),
        [line("I.1", 2018, 100.0), line("I.1", 2019, 70.0)],
        [
            buy("I.1", "onestop_software", 40.0, tiers=("department",), share=0.5),
            buy("I.1", "onestop_commune_software", 5.0, tiers=("commune",), share=0.3),
            buy("I.1", "general_seat", 1.0, share=0.2),
        ],
    )
    assert seats(record) == 20 + 20
    assert total(record, "spent") == pytest.approx(2 * 40.0 + 30.0 + 40.0)


def test_a_key_database_made_is_done(provinces: Provinces) -> None:
    """Its project is over with one for each keeper, so that the next year's 20 million are all for seats."""
    record = run(
        province(provinces, end=date(2019, 6, 30)),
        [line("I.1", 2018, 20.0), line("I.1", 2019, 20.0)],
        [
            buy("I.1", "key_database", 10.0, tiers=("agency:dept.0",), share=0.5),
            buy("I.1", "general_seat", 1.0, share=0.5),
        ],
    )
    assert seats(record) == 10 + 20
    assert int(record.stocks["key_databases"][-1].sum() - record.stocks["key_databases"][0].sum()) == 1


@pytest.mark.parametrize("kind", ["second_line", "vpn_link"])
def test_what_needs_a_line_is_not_done_before_there_is_one(provinces: Provinces, kind: str) -> None:
    """60 million for three communes' first line; the other 60 wait for them and buy three of what goes with a line."""
    loaded = province(provinces, end=date(2019, 6, 30))
    rows = tuple(replace(row, route="none" if row.tier == "commune" else row.route) for row in loaded.agencies)
    record = run(
        replace(loaded, agencies=rows),
        [line("I.1", 2018, 120.0), line("I.1", 2019, 1.0)],
        [
            buy("I.1", "internet_upgrade", 20.0, tiers=("commune",), share=0.5),
            buy("I.1", kind, 10.0, tiers=("commune",), share=0.5),
        ],
    )
    assert int((record.stocks["route"][-1][record.tiers == COMMUNE] > 0).sum()) == 3
    assert total(record, "spent") == pytest.approx(3 * 20.0 + 3 * 10.0)
