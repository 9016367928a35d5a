"""What the province holds as a whole, besides what each agency has."""

from dataclasses import dataclass, field

from sim.policy.onestop import Onestop


@dataclass
class Holdings:
    """State that money can change and that belongs to no single agency."""

    datacentre_redundant: bool = False
    desk_trained: bool = False
    """The provincial IT desk has been on a specialised course."""
    datacentre_down_ms: int = 0
    """Time the message service was down; the last outage counts whole even if the run ends in it."""
    malware_incidents: int = 0
    onestop: Onestop = field(default_factory=Onestop)
