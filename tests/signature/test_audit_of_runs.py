"""The audit of a whole replication: a sample that no order and no size changes, and a bug in the model is found."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from worlds import Provinces, fixed, play, small_province

from sim.command import main as program
from sim.exchange.codes import FAILED, INDETERMINATE, OUTSIDE, PASSED
from sim.exchange.state import World
from sim.model import signature_audit
from sim.model.province import Province
from sim.model.signature_audit import AuditError, check_signatures
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario

FEW = 50
FAULTY = (
    fixed("signatures.changed_share", "10 %"),
    fixed("signatures.unsealed_share", "10 %"),
    fixed("signatures.unstamped_share", "10 %"),
    fixed("signatures.foreign_share", "50 %"),
    fixed("signatures.churn", "100 %"),
    fixed("signatures.old_token_share", "60 %"),
    fixed("signatures.pin_lock_share", "30 %"),
    fixed("signatures.hard_fail_share", "50 %"),
    fixed("signatures.lead_time", "6 days"),
    fixed("signatures.life", "90 days"),
    fixed("signatures.list_faults_per_year", "30 /year"),
    fixed("signatures.list_repair", "60 h"),
    fixed("signatures.list_interval", "1 day"),
    fixed("signatures.list_grace", "2 hours"),
)


def online(world: World) -> None:
    """All work, draft and sign online; every third holder was posted before the first day, and leaders sign on."""
    world.certificates["former_ms"][1::3] = 0
    inside = world.agencies["tier"] < OUTSIDE
    world.agencies["level"][inside] = 4
    world.agencies["users"][inside] = world.agencies["staff"][inside]


@pytest.fixture(scope="module")
def loaded(provinces: Provinces) -> LoadedScenario:
    """A month in a province where everything about signatures goes wrong often."""
    return provinces.load(
        small_province(), sets=FAULTY, start=date(2019, 3, 1), end=date(2019, 3, 31), personal=16, organisation=7
    )


def played(loaded: LoadedScenario, audited: int, engine: str = "compiled") -> Province:
    return play(loaded, engine=engine, audited=audited, prepare=online)


def kept(province: Province) -> dict[float, tuple[int, ...]]:
    """The facts chosen, by their luck."""
    world = province.traffic.world
    rows = world.audits[: int(world.tally["audited"][0])]
    return {float(row["luck"]): tuple(row.tolist()) for row in rows}


def checked(province: Province) -> None:
    check_signatures(province.traffic.world, province.founded, province.desk.book)


def test_the_sample_is_the_lowest_by_luck(loaded: LoadedScenario) -> None:
    """The smaller sample is the lowest part of the larger, which is the lowest part of all."""
    all_of_them, larger, smaller = (kept(played(loaded, places)) for places in (100_000, 60, 15))
    assert 200 < len(all_of_them) < 100_000
    assert (len(larger), len(smaller)) == (60, 15)
    for part, size in ((larger, 60), (smaller, 15)):
        assert part == {luck: all_of_them[luck] for luck in sorted(all_of_them)[:size]}
    assert kept(played(loaded, 60, "simpy")) == larger


@pytest.mark.slow
def test_every_verification_of_a_month_agrees(loaded: LoadedScenario) -> None:
    """All of them signed and verified for real; each verdict and each kind of fault is among them."""
    province = played(loaded, 100_000)
    rows = province.traffic.world.audits[: int(province.traffic.world.tally["audited"][0])]
    assert [int((rows["verdict"] == verdict).sum()) > 10 for verdict in (PASSED, INDETERMINATE, FAILED)] == [True] * 3
    assert set(np.unique(rows["fault"]).tolist()) == {0, 1, 2, 3}
    assert min(int(rows["former"].sum()), int(rows["foreign"].sum()), int((rows["digital"] == 0).sum())) > 0
    checked(province)


def flip(province: Province) -> None:
    """Say of what passes that it fails."""
    rows = province.traffic.world.audits
    rows["verdict"][np.flatnonzero(rows["verdict"] == PASSED)[3]] = FAILED


def forget_foreign(province: Province) -> None:
    """The registry's book no longer says that a certificate is of another authority."""
    book = province.desk.book
    for name, issued in list(book.items()):
        book[name] = issued.__class__(issued.slot, issued.generation, issued.from_ms, issued.until_ms, False)


@pytest.mark.parametrize("sabotage", [flip, forget_foreign])
def test_a_wrong_model_is_found(
    loaded: LoadedScenario,
    sabotage: Callable[[Province], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The case is saved, and the command that the message names finds the same."""
    monkeypatch.setattr("tempfile.mkdtemp", lambda **_: str(tmp_path))
    province = played(loaded, 100_000)
    rows = province.traffic.world.audits[: int(province.traffic.world.tally["audited"][0])]
    digital = rows[rows["digital"] == 1][:FEW].copy()  # the command knows no rule that lets a scan go without a leader
    province.traffic.world.audits[: len(digital)] = digital
    province.traffic.world.tally["audited"] = len(digital)
    checked(province)
    sabotage(province)
    with pytest.raises(AuditError) as caught:
        checked(province)
    said = re.fullmatch(
        r"delivery -?\d+: modelled (\w+), really (\w+) \(.*\); check it with: run.py (.*)", str(caught.value)
    )
    assert said is not None
    modelled, really, command = said.groups()
    assert modelled == "failed"
    assert really in ("passed", "indeterminate")
    assert program.main([*shlex.split(command), "--lang", "en"]) == (0 if really == "passed" else 5)
    assert really.upper() in capsys.readouterr().out


def test_simulate_audits(provinces: Provinces, monkeypatch: pytest.MonkeyPatch) -> None:
    """`simulate` runs the audit, and a model that takes foreign certificates for good stops it."""
    loaded = provinces.load(
        small_province(),
        sets=('start.draft_sign_share={value="100 %", kind="fixed", basis="assumed", source="test"}', *FAULTY),
        start=date(2019, 3, 1),
        end=date(2019, 3, 31),
        personal=16,
        organisation=7,
    )
    assert simulate(loaded, 1, 0, audited=40).audited == 40
    monkeypatch.setitem(signature_audit.MODELLED, FAILED, signature_audit.MODELLED[PASSED])
    with pytest.raises(AuditError, match="modelled passed, really failed"):
        simulate(loaded, 1, 0, audited=40)
