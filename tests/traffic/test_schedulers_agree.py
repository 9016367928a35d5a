"""Two schedulers, one model: the slow reference and the compiled loop leave the same record, line by line.

The reference keeps plain lists and puts every event on SimPy's calendar; the compiled one keeps arrays and a
heap. They share the rules of `agents/` and nothing of the machinery, so that an error in machinery shows here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from little_provinces import both_provinces, little_provinces, percent, reactions
from same_records import assert_same
from worlds import Provinces, fixed, record_of

from sim.exchange.codes import REFUSALS
from sim.exchange.counting import UNVERIFIED
from sim.exchange.dossier_counting import COURIER_LEGS, ELECTRONIC_LEGS, F_ONLINE, LATE, PAUSED
from sim.exchange.state import World
from sim.model.signature_audit import check_signatures

AUDITED = 25


met: dict[str, int] = {}
"""What the random provinces went through, so that a strategy that exercises nothing is noticed."""


def random_provinces(number: int) -> Callable[[Provinces], None]:
    """A check of so many random provinces."""

    @seed(2)  # one whose provinces meet everything that the tests below ask for
    @given(little_provinces())
    @settings(
        max_examples=number,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=(Phase.generate,),  # a smaller province is not worth the minutes it takes to find
    )
    def check(provinces: Provinces, spec: dict[str, Any]) -> None:
        compare_schedulers(provinces, spec)

    return check


def compare_schedulers(provinces: Provinces, spec: dict[str, Any]) -> None:
    pair = both_provinces(provinces, spec)
    reacted = reactions(pair[0])
    assert reacted == reactions(pair[1])
    compiled, reference = (record_of(one, spec["seed"]) for one in pair)
    assert_same(compiled, reference)
    visits = compiled.visits
    finished = list(zip(visits["finished_ms"].tolist(), visits["station"].tolist(), strict=True))
    note = {
        "worlds": 1,
        "visits": len(visits),
        "ties": len(finished) - len(set(finished)),
        "repeats": compiled.tally["repeats_created"],
        "twins": compiled.tally["twins_filed"],
        "refused": int(compiled.refusals.sum()),
        "outage": int(compiled.waits_ms[:, 5].sum() > 0),
        "bought": int(sum(account.spent for account in compiled.accounts) > 0),
        "accepted": int(compiled.flows[..., 5].sum()),
        "dossiers": compiled.tally["dossiers_finished"],
        "legs": int(compiled.dossier_flows[..., ELECTRONIC_LEGS].sum()),
        "couriers": int(compiled.dossier_flows[..., COURIER_LEGS].sum()),
        "paused": int(compiled.dossier_flows[..., PAUSED].sum()),
        "late": int(compiled.dossier_flows[..., LATE].sum()),
        "online": int(compiled.dossier_flows[..., F_ONLINE].sum()),
        **{f"worlds with {name}": int(amount > 0) for name, amount in reacted.items()},
    }
    for name, number in note.items():
        met[name] = met.get(name, 0) + number


def test_a_dozen_random_provinces(provinces: Provinces) -> None:
    met.clear()
    random_provinces(12)(provinces)
    assert met["worlds"] == 12
    assert met["visits"] > 8_000
    assert min(met["twins"], met["refused"], met["accepted"]) > 100
    assert min(met[name] for name in ("ties", "outage", "bought", "dossiers", "legs", "late", "online")) > 0, met


@pytest.mark.slow
def test_forty_five_random_provinces(provinces: Provinces) -> None:
    met.clear()
    random_provinces(45)(provinces)
    assert met["worlds"] >= 40
    assert met["visits"] > 30_000
    assert met["ties"] > 300
    assert met["repeats"] > 5, met
    assert min(met["twins"], met["refused"], met["accepted"]) > 500
    assert min(met["outage"], met["bought"]) > 10, met
    assert met["dossiers"] > 5_000, met
    assert min(met["legs"], met["couriers"], met["paused"], met["late"], met["online"]) > 50, met
    assert min(met[f"worlds with {name}"] for name in ("helper days", "overtime", "swamped")) > 5, met


@st.composite
def signing_provinces(draw: st.DrawFn) -> dict[str, Any]:
    """Tokens everywhere, and every fault of signing and verifying far more often than anywhere."""
    spec = draw(little_provinces())
    spec["sets"] += [
        fixed("signatures.changed_share", draw(percent(0, 30))),
        fixed("signatures.unsealed_share", draw(percent(0, 30))),
        fixed("signatures.unstamped_share", draw(percent(0, 30))),
        fixed("signatures.foreign_share", draw(percent(0, 60))),
        fixed("signatures.churn", draw(percent(0, 100))),
        fixed("signatures.old_token_share", draw(percent(0, 100))),
        fixed("signatures.pin_lock_share", draw(percent(0, 100))),
        fixed("signatures.hard_fail_share", draw(percent(0, 100))),
        fixed("signatures.life", f"{draw(st.sampled_from([12, 40, 1500]))} days"),
        fixed("signatures.renew_ahead", f"{draw(st.sampled_from([1, 12, 60]))} days"),
        fixed("signatures.desk_staff", "1"),
        fixed("signatures.desk_work", f"{draw(st.sampled_from([1, 5]))} h"),
        fixed("signatures.list_interval", f"{draw(st.sampled_from([3, 24, 100]))} hours"),
        fixed("signatures.list_grace", f"{draw(st.sampled_from([0, 1, 6]))} hours"),
        fixed("signatures.list_size", draw(st.sampled_from(["40 kB", "5 MB"]))),
        fixed("signatures.list_faults_per_year", f"{draw(st.sampled_from([0, 200]))} /year"),
        fixed("signatures.list_repair", "30 h"),
        fixed("signatures.verify", "7 s"),
    ]
    spec |= {
        "organisation": 30,
        "personal": 60,
        "level": 4,
        "old_tokens": draw(st.booleans()),
        "seed": draw(st.integers(0, 10**6)),
    }
    return spec


@given(signing_provinces())
@settings(
    derandomize=True,
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=(Phase.generate,),
)
def check_signing_provinces(provinces: Provinces, spec: dict[str, Any]) -> None:
    pair = both_provinces(provinces, spec, AUDITED)
    rows = [chosen(one.traffic.world) for one in pair]
    assert rows[0] == rows[1]
    check_signatures(pair[0].traffic.world, pair[0].founded, pair[0].desk.book)
    compiled, reference = (record_of(one, spec["seed"]) for one in pair)
    assert_same(compiled, reference)
    assert compiled.token_waits == reference.token_waits
    note = {f"refused: {name}": int(compiled.refusals[:, cause].sum()) for cause, name in enumerate(REFUSALS)}
    note |= {
        "worlds": 1,
        "audited": compiled.audited,
        "unverified": int(compiled.flows[..., UNVERIFIED].sum()),
        "tokens": len(compiled.token_waits),
    }
    for name, number in note.items():
        met[name] = met.get(name, 0) + number


def chosen(world: World) -> list[Any]:
    """The facts kept for the audit, in order of their luck."""
    return sorted(row.tolist() for row in world.audits[: int(world.tally["audited"][0])])


@pytest.mark.slow
def test_ten_provinces_of_bad_signers(provinces: Provinces) -> None:
    """The same record, the same sample for the audit, and real signatures get the modelled verdicts."""
    met.clear()
    check_signing_provinces(provinces)
    assert met["worlds"] >= 9
    assert met["audited"] > 150, met
    assert min(met["unverified"], met["tokens"]) > 20, met
    never = [name for name in REFUSALS if met[f"refused: {name}"] == 0]
    assert not never, met
