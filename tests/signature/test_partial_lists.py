"""Lists of changes and lists of a part (RFC 5280, sections 5.2 and 6.3): what they say and what they do not."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography import x509
from listed_world import (
    BEFORE,
    CHECKED,
    DAY,
    HOUR,
    OTHER_URL,
    SIGNED,
    UNKNOWN,
    URL,
    Why,
    World,
    certified,
    delta,
    entry,
    listed,
    name,
)


def test_a_list_of_changes_counts_with_its_base_and_never_alone(world: World) -> None:
    base, naming = listed(world.authority), entry(world.leaf.serial, BEFORE)
    assert world.cause(base, delta(world)) is None
    assert world.cause(delta(world)) == "crl_delta"
    assert world.cause(delta(world, naming)) == "revoked"
    assert world.cause(base, delta(world, naming)) == "revoked"


def test_a_list_of_changes_refreshes_a_base_that_it_fits(world: World) -> None:
    old = listed(world.authority, at=SIGNED - 9 * DAY)
    assert world.cause(old) == "crl_stale"
    assert world.cause(old, delta(world)) is None
    for changed in ({"base": 8, "number": 9}, {"number": 7}, {"scope": {"only_contains_user_certs": True}}):
        assert world.cause(old, delta(world, **changed)) in {"crl_delta", "crl_stale"}
    assert world.cause(old, delta(world, at=SIGNED - 9 * DAY)) == "crl_stale"
    assert world.cause(old, delta(world, more=[UNKNOWN])) == "crl_extension"


@pytest.mark.parametrize(
    ("why", "changed", "expected"),
    [
        (Why.certificate_hold, {}, None),
        (Why.key_compromise, {}, "revoked"),
        (Why.certificate_hold, {"base": 8, "number": 9}, "revoked"),
        (Why.certificate_hold, {"scope": {"only_contains_user_certs": True}}, "revoked"),
    ],
)
def test_only_a_hold_is_lifted_and_only_by_changes_to_that_list(
    why: Why, changed: dict[str, Any], expected: str | None, world: World
) -> None:
    base = listed(world.authority, entry(world.leaf.serial, SIGNED - DAY, why), at=SIGNED - 5 * HOUR)
    lifted = delta(world, entry(world.leaf.serial, SIGNED - HOUR, Why.remove_from_crl), at=SIGNED - HOUR, **changed)
    assert world.cause(base, lifted) == expected


def test_a_hold_that_ended_before_signing_and_one_that_did_not(world: World) -> None:
    held = entry(world.leaf.serial, SIGNED - 3 * DAY, Why.certificate_hold)
    early = listed(world.authority, held, at=SIGNED - 2 * DAY, number=5, until=SIGNED + DAY)
    assert world.cause(early) == "revoked"
    assert world.cause(early, listed(world.authority)) is None
    assert world.cause(early, listed(world.authority, at=CHECKED, number=8)) == "revoked"
    during = listed(world.authority, held, at=SIGNED + HOUR, number=8)
    after = listed(world.authority, at=CHECKED, number=9)
    assert world.cause(during, after) == "revoked"
    assert world.cause(listed(world.authority), during) == "revoked"


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({"only_contains_user_certs": True}, None),
        ({"only_contains_ca_certs": True}, "crl_scope"),
        ({"only_contains_attribute_certs": True}, "crl_scope"),
        ({"only_some_reasons": frozenset({Why.key_compromise})}, "crl_scope"),
        ({"full_name": URL}, "crl_scope"),
        ({"full_name": [x509.DirectoryName(name("Authority"))]}, None),
        ({"indirect_crl": True}, None),
    ],
)
def test_a_list_of_a_part(scope: dict[str, Any], expected: str | None, world: World) -> None:
    assert world.cause(listed(world.authority, scope=scope)) == expected


def test_points_have_to_meet(world: World) -> None:
    here = certified("Signer", world.authority, points=[x509.DistributionPoint(URL, None, None, None)])
    assert world.cause(listed(world.authority, scope={"full_name": URL}), leaf=here) is None
    assert world.cause(listed(world.authority, scope={"full_name": OTHER_URL}), leaf=here) == "crl_scope"
    users = {"only_contains_user_certs": True}
    assert world.cause(listed(world.authority, scope={**users, "full_name": URL}), leaf=here) is None
    assert world.cause(listed(world.authority, scope=users), leaf=here) == "crl_no_point"
    naming = listed(world.authority, entry(here.serial, BEFORE), scope=users)
    assert world.cause(naming, leaf=here) == "revoked"
    part = x509.DistributionPoint(URL, None, frozenset({Why.key_compromise}), None)
    some = certified("Signer", world.authority, points=[part])
    assert world.cause(listed(world.authority, scope={"full_name": URL}), leaf=some) == "crl_scope"


def test_all_reasons_together_do(world: World) -> None:
    every = {why for why in Why if why not in (Why.unspecified, Why.remove_from_crl)}
    first = frozenset({Why.key_compromise, Why.ca_compromise})
    lists = [listed(world.authority, scope={"only_some_reasons": part}) for part in (first, frozenset(every - first))]
    assert world.cause(*lists) is None
    assert [world.cause(one) for one in lists] == ["crl_scope"] * 2
