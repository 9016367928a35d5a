"""What would help a run: every option there is, laid over its plan, and which replications of them to run next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, fsum
from pathlib import Path

from sim.measure.case_figures import cause_shares
from sim.measure.measured import Measured
from sim.report.touched import TOUCHES, touched_words
from sim.results.remedy_tables import ALL_TARGETS
from sim.results.words import NOTHING, Words
from sim.scenario.errors import ScenarioErrors
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import load
from sim.scenario.proposal import Proposal
from sim.studies.case import Case, case_of
from sim.studies.cell import Cell, Task
from sim.studies.folder import slug
from sim.studies.league import Tried, gains_of, is_unchanged
from sim.studies.single_case import SingleCase
from sim.studies.tasks import FIRST_PAIRS

FEWEST_KEPT = 4
"""Options that go on to more replications however few are left."""
_SAME = Words("không đổi giá trị nào của kịch bản này", "it changes no value of this scenario")


@dataclass(frozen=True, eq=False)
class Remedy:
    """One option beside a run's plan.

    Attributes:
        name: id of the option.
        proposal: what it says of itself.
        case: the plan with it; None where it cannot be laid over it.
        refused: why it cannot.
    """

    name: str
    proposal: Proposal
    case: Case | None
    refused: Words = NOTHING

    @property
    def under(self) -> str:
        """Its sub-folder in the run folder, with the final slash."""
        return f"cells/{slug(f'option:{self.name}')}/"

    def cell(self, folder: Path) -> Cell:
        """The plan with it as the study machinery takes it.

        Raises:
            ValueError: it cannot be laid over the plan.
        """
        if self.case is None:
            raise ValueError(f"{self.name} does not apply")
        return self.case.cell(folder / self.under)


def remedies_beside(study: SingleCase) -> Iterator[Remedy]:
    """Every option that the plan does not have already, in the order of their names."""
    spec, laid = study.spec, {Path(name).stem for name in study.spec.options}
    for listed in list_scenarios():
        if listed.kind != "option" or listed.name in laid or listed.proposal is None:
            continue
        try:
            loaded = load(
                spec.scenario,
                options=(*spec.options, str(listed.path)),
                adoption=spec.adoption,
                future=spec.future,
                sets=spec.sets,
                until=spec.until,
                options_from=spec.options_from,
            )
            case = case_of(loaded, study.case.seed, study.case.engine)
        except ScenarioErrors as refused:
            first = refused.errors[0]
            reason = Words(f"{first.key}: {first.reason.vi}", f"{first.key}: {first.reason.en}")
            yield Remedy(listed.name, listed.proposal, None, reason)
        else:
            yield Remedy(listed.name, listed.proposal, case)


def against_first(remedies: Sequence[Remedy], reasons: Sequence[str]) -> list[Remedy]:
    """Those that say that they are against a reason first, in the reasons' order; the others as they come."""

    def place(one: Remedy) -> int:
        return min(
            (reasons.index(reason) for reason in one.proposal.against if reason in reasons), default=len(reasons)
        )

    return sorted(remedies, key=place)


def sizes_up_to(most: int) -> list[int]:
    """Numbers of pairs at which options are compared and half of them left behind: 2, 4, 8 ... and all there are."""
    sizes, size = [], FIRST_PAIRS
    while size < most:
        sizes.append(size)
        size *= 2
    return [*sizes, most]


class Screening:
    """Which options get how many of the run's replications: sequential halving (Karnin, Koren and Somekh 2013).

    Round k gives every option that is still in so many of the plan's own replications, 2, 4, 8 ...; the half that
    brings the targets nearest on these goes on to the next round, those that moved nothing leave first. When the last
    round is over, the others get the rest of the replications too, the promising ones first, until time is up.
    """

    def __init__(self, study: SingleCase, base: Mapping[int, Measured], remedies: Sequence[Remedy]) -> None:
        self._targets = study.case.loaded.scenario.targets
        self._base = base
        self._numbers = sorted(base)
        self._base_hash = study.case.run_hash
        self.remedies = remedies
        self.applicable = [one for one in remedies if one.case is not None and one.case.run_hash != self._base_hash]
        """Those that have to be simulated."""
        self.sizes = sizes_up_to(len(self._numbers))

    @property
    def most(self) -> int:
        """Simulations if there were no end of time."""
        return len(self.applicable) * len(self._numbers)

    def rounds(self, held: Mapping[str, Mapping[int, Measured]]) -> Iterator[tuple[Words, list[tuple[Remedy, int]]]]:
        """Round after round, with what is said of it; whoever asks for the next one has run the last.

        Args:
            held: measured replications of each option by its name, as far as they are there: looked at anew each time.
        """
        alive = list(self.applicable)
        for size in self.sizes:
            numbers = self._numbers[:size]
            yield self._announced(alive, size), [(one, number) for number in numbers for one in alive]
            alive = self._ranked(alive, held, numbers)[: max(FEWEST_KEPT, ceil(len(alive) / 2))]
        rest = [one for one in self._ranked(self.applicable, held, self._numbers) if one not in alive]
        if rest:
            yield self._announced(rest, len(self._numbers)), [(one, number) for one in rest for number in self._numbers]

    def _announced(self, alive: Sequence[Remedy], size: int) -> Words:
        return Words(
            f"{len(alive)} phương án, mỗi phương án {size} lần mô phỏng",
            f"{len(alive)} options, {size} replications each",
        )

    def _ranked(
        self, alive: Sequence[Remedy], held: Mapping[str, Mapping[int, Measured]], numbers: Sequence[int]
    ) -> list[Remedy]:
        def place(one: Remedy) -> tuple[bool, float]:
            there = {number: held[one.name][number] for number in numbers if number in held[one.name]}
            gains = gains_of(self._targets, self._base, Tried(one.name, one.proposal, there))
            in_all = gains[ALL_TARGETS].values()
            return is_unchanged(gains), -fsum(in_all) / len(in_all) if in_all else 0.0

        return sorted(alive, key=place)

    def tried(self, held: Mapping[str, Mapping[int, Measured]]) -> list[Tried]:
        """Every option with its replications, as the league takes them."""
        found = []
        for one in self.remedies:
            if one.case is None:
                found.append(Tried(one.name, one.proposal, {}, refused=one.refused))
            elif one.case.run_hash == self._base_hash:
                found.append(Tried(one.name, one.proposal, self._base, reason=_SAME))
            else:
                there = held[one.name]
                found.append(Tried(one.name, one.proposal, there, reason=touched(one.name, list(self._base.values()))))
        return found


def touched(name: str, base: Sequence[Measured]) -> Words:
    """How much of what is measured in the last year an option can act on; blank for one without a single cause."""
    if name not in TOUCHES:
        return NOTHING
    measure, cause = TOUCHES[name]
    found = [cause_shares(one, max(row.year for row in one.causes)) for one in base if one.causes]
    shares = [of[measure, f"cause:{cause}"] for of in found if (measure, f"cause:{cause}") in of]
    return touched_words(name, fsum(shares) / len(shares)) if shares else NOTHING


def tasks_for(wanted: Sequence[tuple[Remedy, int]], folder: Path) -> list[Task]:
    """Replications of the plan with options, as they are run."""
    cells = {one.name: one.cell(folder) for one, _ in wanted}
    return [Task(cells[one.name], number) for one, number in wanted]
