"""The machine's clock and time zone decide nothing."""

from __future__ import annotations

import datetime as dt
import sys
import time
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from signed_world import DAY, good, played

from sim.exchange.signature.causes import Cause
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.received import judge
from sim.exchange.signature.verdict import Value


class NoClock(dt.datetime):
    """A date class that refuses to say what time it is."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> NoClock:
        raise AssertionError(f"the host clock was read for {tz}")

    @classmethod
    def utcnow(cls) -> NoClock:
        raise AssertionError("the host clock was read")


def test_no_part_asks_the_host_for_the_time(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    case = played(good(), keys)
    replaced = 0
    for name, module in list(sys.modules.items()):
        if name.startswith("pyhanko_certvalidator") and getattr(module, "datetime", None) is dt.datetime:
            monkeypatch.setattr(module, "datetime", NoClock)
            replaced += 1
    assert replaced >= 5
    assert judge(case).value is Value.PASSED
    assert judge(replace(case, at=case.at + 30 * DAY)).cause is Cause.CRL_STALE


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/Los_Angeles", "UTC"])
def test_the_time_zone_of_the_machine_changes_no_byte(zone: str, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    here = played(good(), keys)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert played(good(), keys) == here
        assert judge(here).value is Value.PASSED
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_moment_is_the_same_in_every_zone(keys: Keys) -> None:
    case = played(good(), keys)
    elsewhere = case.at.astimezone(timezone(timedelta(hours=7)))
    assert judge(replace(case, at=elsewhere)) == judge(case)
    with pytest.raises(ValueError, match="time zone"):
        judge(replace(case, at=case.at.replace(tzinfo=None)))
