"""All kinds of things that money can buy, by name."""

from __future__ import annotations

from sim.policy.agency_systems import AGENCY_SYSTEMS
from sim.policy.province_systems import PROVINCE_SYSTEMS
from sim.policy.purchasable import Purchasable
from sim.policy.training_and_tokens import TRAINING_AND_TOKENS
from sim.policy.without_effect import WITHOUT_EFFECT
from sim.scenario.tables import UNIT_KINDS

_ENTRIES = {
    str(entry.kind): entry for entry in (*AGENCY_SYSTEMS, *TRAINING_AND_TOKENS, *PROVINCE_SYSTEMS, *WITHOUT_EFFECT)
}
if set(_ENTRIES) != set(UNIT_KINDS):
    raise ImportError(f"kinds without an entry, or not in UnitKind: {sorted(set(_ENTRIES) ^ set(UNIT_KINDS))}")
PURCHASABLE: dict[str, Purchasable] = {kind: _ENTRIES[kind] for kind in UNIT_KINDS}
"""All that can be bought, in the order in which tables name it."""


def purchasable(kind: str) -> Purchasable:
    """The entry of a kind.

    Raises:
        ValueError: nothing of that kind can be bought.
    """
    entry = PURCHASABLE.get(kind)
    if entry is None:
        raise ValueError(f"unknown kind of purchase {kind!r}: one of {', '.join(PURCHASABLE)}")
    return entry
