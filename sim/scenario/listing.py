"""What scenarios, options, adoption regimes and futures there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.results.words import Words
from sim.scenario.errors import ScenarioError, ScenarioErrors
from sim.scenario.overlays import FOLDERS
from sim.scenario.places import PROVINCES, SCENARIOS, shown_path
from sim.scenario.plan_years import moved
from sim.scenario.proposal import Proposal, proposal_of
from sim.scenario.toml_source import read_toml


@dataclass(frozen=True)
class Listed:
    """One scenario or overlay file: its kind (`scenario`, `adoption`, `option`, `future`), name and title."""

    kind: str
    name: str
    path: Path
    title: Words
    errors: tuple[ScenarioError, ...] = ()
    proposal: Proposal | None = None
    """What an overlay says of itself: who decides, what it costs."""

    @property
    def is_own(self) -> bool:
        """Whether it is a planner's own, in the folder that `new` writes, and no scenario of the program."""
        return self.path.stem == self.path.parent.name


def list_scenarios(root: Path | None = None) -> tuple[Listed, ...]:
    """Returns all that `list` shows, by kind and name; a file that cannot be read is listed with its errors."""
    root = (root or SCENARIOS).resolve()
    return tuple(_listed(root))


def _listed(root: Path) -> Iterator[Listed]:
    for kind, folder in {"scenario": PROVINCES, **FOLDERS}.items():
        found = list((root / folder).glob("*.toml"))
        if kind == "scenario":
            found += (path for path in (root / folder).glob("*/*.toml") if path.stem == path.parent.name)
        for path in sorted(found, key=lambda file: file.name):
            try:
                tree = moved(read_toml(path, shown_path(path, root)), None).tree
            except ScenarioErrors as refused:
                yield Listed(kind, path.stem, path, Words(path.stem, path.stem), refused.errors)
            else:
                proposal = None if kind == "scenario" else proposal_of(tree)
                yield Listed(kind, path.stem, path, _title(tree.get("title"), path.stem), (), proposal)


def _title(title: Any, name: str) -> Words:
    texts = title if isinstance(title, Mapping) else {}
    vietnamese = str(texts.get("vi", name))
    return Words(vietnamese, str(texts.get("en") or vietnamese))
