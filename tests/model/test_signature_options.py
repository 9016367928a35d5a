"""Options about signatures move what they are about, the same luck on both sides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from test_signatures_in_use import QUIET, SOUND, at, certified, inside, paperless, unreachable_from, wave
from worlds import SHIPPED, Provinces, fixed, play, record_of, small_province

from sim.exchange import counting as c
from sim.exchange.codes import UNVERIFIED
from sim.model.province import Province
from sim.model.record import RunRecord


def pair(
    provinces: Provinces, option: str, meddle: Callable[[Province], None], *sets: str, certificates: int = 0
) -> tuple[RunRecord, RunRecord]:
    """Without and with the option; settings of what the option is about are left to it."""
    text = (SHIPPED / "options" / f"{option}.toml").read_text(encoding="utf-8")
    kept = [one for one in (*SOUND, *sets) if f'"{one.split("=")[0]}"' not in text]
    records = []
    for chosen in ((), (str(SHIPPED / "options" / f"{option}.toml"),)):
        loaded = provinces.load(
            small_province(clerks=3),
            sets=kept,
            start=date(2019, 3, 1),
            end=date(2019, 6, 30),
            personal=certificates,
            organisation=certificates,
            options=chosen,
        )
        records.append(record_of(play(loaded, prepare=certified if certificates else paperless, meddle=meddle)))
    return records[0], records[1]


def mean_wait_days(record: RunRecord) -> float:
    assert len(record.token_waits) >= 21
    return sum(days for _, days in record.token_waits) / len(record.token_waits)


def test_a_larger_desk_hands_out_a_wave_sooner(provinces: Provinces) -> None:
    slow = (fixed("signatures.desk_work", "8 h"), fixed("signatures.lead_time", "10 days"))
    base, more = pair(provinces, "certificate_staff_double", wave(date(2019, 3, 6)), *QUIET, *slow)
    saved = mean_wait_days(base) - mean_wait_days(more)
    # n people hand out n a working day: 21 tokens wait 11/n working days on average, 2 n people save half of that
    assert saved > 0.4 * (mean_wait_days(base) - 10.0)


def test_remote_signing_is_there_sooner(provinces: Provinces) -> None:
    base, remote = pair(provinces, "remote_signing", wave(date(2019, 3, 6)), *QUIET)
    assert mean_wait_days(remote) < mean_wait_days(base)


def test_earlier_renewal_leaves_no_gap(provinces: Provinces) -> None:
    """All end on 1 June; new ones take 40 days: asked for 90 days ahead they are there, with the usual habit not."""

    def ends(running: Province) -> None:
        held = running.traffic.world.certificates["valid_until_ms"] != 0
        running.traffic.world.certificates["valid_until_ms"][held] = at(running, date(2019, 6, 1))

    base, early = pair(provinces, "earlier_renewal", ends, fixed("signatures.lead_time", "40 days"), certificates=40)
    expired = [int(record.stocks["expired"].sum(axis=1).max()) for record in (base, early)]
    assert expired == [21, 0]
    assert inside(base, 3, c.ACCEPTED_SIGNED) < 0.8 * inside(early, 3, c.ACCEPTED_SIGNED)


@pytest.mark.parametrize("reachable", [True, False])
def test_refusing_what_cannot_be_verified(provinces: Provinces, reachable: bool) -> None:
    """It costs nothing while the lists are there, and everything once they are not."""
    day = date(2019, 6, 30) if reachable else date(2019, 5, 4)
    sets = (fixed("signatures.list_interval", "1 day"),)
    base, hard = pair(provinces, "hard_fail_policy", unreachable_from(day), *sets, certificates=40)
    if reachable:
        assert inside(hard, 2, c.ACCEPTED) == inside(base, 2, c.ACCEPTED) > 100
    else:
        assert inside(hard, 3, c.ACCEPTED_SIGNED) + inside(hard, 3, c.UNVERIFIED) == 0
        assert inside(base, 3, c.UNVERIFIED) > 100
        assert hard.refusals[3, UNVERIFIED] > base.refusals[3, UNVERIFIED]
