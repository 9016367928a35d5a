"""What the province holds as a whole, besides what each agency has."""

from dataclasses import dataclass


@dataclass
class Holdings:
    """State that money can change and that belongs to no single agency."""

    datacentre_redundant: bool = False
    datacentre_down_ms: int = 0
    """Time the message service was down; the last outage counts whole even if the run ends in it."""
