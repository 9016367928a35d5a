"""Ids of things in a log: those of a document, dossier or agency are the same in every replication and option."""

from __future__ import annotations

from sim.exchange.codes import COUNTER, GATEWAY, LEADER, MESSAGE_SERVICE, OFFICERS, REGISTRY
from sim.exchange.founding import Founded

_POSTS = {REGISTRY: "registry", OFFICERS: "officers", LEADER: "leader", COUNTER: "counter"}
MESSAGE_SERVICE_ID = "message_service"


def case_id(key: int) -> str:
    """A document or a dossier, by its identity."""
    return f"{key:016x}"


def delivery_id(document: str, recipient: str) -> str:
    """One document to one recipient."""
    return f"{document}/{recipient}"


def copy_id(delivery: str) -> str:
    """The paper that goes with an electronic delivery."""
    return f"{delivery}/paper"


class Stations:
    """Who or what each station is: a post of an agency, or a line or machine."""

    def __init__(self, founded: Founded) -> None:
        """Name all stations of a province."""
        world = founded.world
        ids = [row.agency_id for row in founded.rows]
        self.agency: list[str | None] = []
        self.post: list[str | None] = []
        self.line: list[str | None] = []
        self.kind: list[str] = []
        for number, station in enumerate(world.stations):
            kind, agency = int(station["kind"]), int(station["agency"])
            owner = ids[agency] if agency >= 0 else None
            name = _POSTS.get(kind)
            if kind == LEADER:
                first = int(world.agencies["leaders_first"][agency])
                self.post.append(f"{owner}/leader.{number - first + 1}")
            else:
                self.post.append(f"{owner}/{name}" if name else None)
            if kind == MESSAGE_SERVICE:
                self.line.append(MESSAGE_SERVICE_ID)
            elif name is None:
                self.line.append(f"{owner}/{'gateway' if kind == GATEWAY else 'line'}")
            else:
                self.line.append(None)
            self.agency.append(owner)
            self.kind.append(name or ("gateway" if kind == GATEWAY else "line") if owner else MESSAGE_SERVICE_ID)
