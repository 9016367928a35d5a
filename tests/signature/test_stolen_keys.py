"""A stolen key is stolen under every certificate and on every path, also where authorities certify one another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from listed_world import AFTER, BEFORE, CHECKED, DAY, SIGNED, Why, World, certified, entry, key, listed

from sim.exchange.signature.causes import Cause, Reason
from sim.exchange.signature.verdict import Finding, Value


def test_a_stolen_key_is_stolen_under_every_certificate() -> None:
    world = World()
    again = certified("Authority", world.root, authority=True, of=world.authority.key)
    world.others = [again]
    root = world.root_list(entry(again.serial, AFTER, Why.ca_compromise), at=CHECKED)
    assert world.cause(listed(world.authority), root_list=root) == "key_stolen"


def test_a_stolen_key_fails_with_its_own_words() -> None:
    finding = Finding(Cause.KEY_STOLEN)
    assert (finding.value, finding.reason) == (Value.FAILED, Reason.REVOKED)


def test_a_stamping_key_that_was_stolen_under_another_certificate() -> None:
    world = World()
    first = certified("Stamper", world.authority, stamps=True)
    again = [certified(name, world.authority, stamps=True, of=first.key) for name in ("Stamper", "Stamper anew")]
    world.others = [first]
    for why, expected in ((Why.key_compromise, "key_stolen"), (Why.superseded, None)):
        naming = listed(world.authority, entry(first.serial, AFTER, why), at=CHECKED)
        assert [world.cause(naming, leaf=one, stamps=True) for one in again] == [expected] * 2


@pytest.fixture(scope="module", params=[False, True], ids=["own root first", "other root first"])
def crossed(request: pytest.FixtureRequest) -> World:
    """The authority is certified by two trusted roots; `others` has the second certificate."""
    world = World()
    other = certified("Other root", authority=True)
    world.other_roots = [other]
    world.others = [certified("Authority", other, authority=True, of=world.authority.key)]
    if request.param:
        world.authority, world.others = world.others[0], [world.authority]
        world.root, world.other_roots = other, [world.root]
    return world


def test_one_of_two_paths_is_enough(crossed: World) -> None:
    """The signer's own list is by the authority's key on both; what a root says of its path stays with that path."""
    mine = listed(crossed.authority)
    for root in (crossed.root, crossed.other_roots[0]):
        assert crossed.cause(mine, root_list=listed(root, at=SIGNED - DAY)) is None
    assert crossed.cause(mine, root_list=listed(certified("Third", authority=True))) == "crl_missing"
    left = crossed.root_list(entry(crossed.authority.serial, BEFORE, Why.superseded))
    assert crossed.cause(mine, listed(crossed.other_roots[0]), root_list=left) is None


def test_a_key_that_one_of_two_roots_tells_stolen_is_stolen_on_both_paths(crossed: World) -> None:
    mine, other = listed(crossed.authority), crossed.other_roots[0]
    named = crossed.root_list(entry(crossed.authority.serial, AFTER), at=CHECKED)
    assert crossed.cause(mine, listed(other), root_list=named) == "key_stolen"
    second = listed(other, entry(crossed.others[0].serial, AFTER), at=CHECKED)
    assert crossed.cause(mine, second) == "key_stolen"
    stranger = listed(replace(other, key=key()), entry(crossed.others[0].serial, AFTER), at=CHECKED)
    assert crossed.cause(mine, stranger) is None


def test_an_authority_that_is_a_root_too_is_not_believed_once_another_root_tells_its_key_stolen() -> None:
    world = World()
    world.other_roots = [certified("Authority", authority=True, of=world.authority.key)]
    mine = listed(world.authority)
    for why, expected in ((Why.key_compromise, "key_stolen"), (Why.superseded, None)):
        named = world.root_list(entry(world.authority.serial, BEFORE, why))
        assert world.cause(mine, root_list=named) == expected


def test_authorities_that_all_certify_one_another_are_judged_within_bounds() -> None:
    world = World()
    heads = [certified(f"Authority {place}", world.root, authority=True) for place in range(7)]
    world.others = [
        *heads,
        *(certified(one.name.rfc4514_string()[3:], by, authority=True, of=one.key) for one in heads for by in heads),
    ]
    leaf = certified("Signer", heads[0])
    assert world.cause(*(listed(one) for one in heads), leaf=leaf) is None
