"""What more replications of a folder would give, how long they take, and the command that adds them.

There is one account of how many are enough: a paper that leaves the office rests on a hundred. Until then the next
step is three times what is there, which halves an interval, since its width goes with the root of the number.
"""

from __future__ import annotations

from pathlib import Path

from sim.command.next_steps import Step
from sim.report.headlines import RUNS_FOR_A_PAPER_THAT_LEAVES_THE_OFFICE
from sim.results.words import NOTHING, Words
from sim.studies.estimate import estimate
from sim.studies.execution import Execution
from sim.studies.goal_study import GoalStudy
from sim.studies.manifest import opened
from sim.studies.opening import extended
from sim.studies.progress import ENGLISH, VIETNAMESE, duration
from sim.studies.refusals import refusal

ENOUGH = RUNS_FOR_A_PAPER_THAT_LEAVES_THE_OFFICE
_TO_HALVE_AN_INTERVAL = 3


def extension(folder: Path, more: int, gives: Words, of_each: Words = NOTHING) -> Step | None:
    """`extend` by so many, with the time that takes; None of a folder that cannot be, as one without its journal.

    Args:
        folder: of a run or study, as the person named it.
        more: replications beyond those asked for.
        gives: what they are good for.
        of_each: of what so many are added, where a study has several cases: ` of each case`.
    """
    try:
        run = opened(str(folder))
        study = extended(run, more)
        found = None if isinstance(study, GoalStudy) else estimate(study, Execution(out=folder))
    except Exception as error:
        if refusal(error) is None:
            raise
        found = None
    if found is None:
        return None
    vietnamese, english = duration(found.seconds, VIETNAMESE), duration(found.seconds, ENGLISH)
    about = Words(
        f"{gives.vi} (thêm {more} lần mô phỏng{of_each.vi}, khoảng {vietnamese})",
        f"{gives.en} ({more} more simulation{'s' * (more != 1)}{of_each.en}, about {english})",
    )
    return Step(about, ["extend", str(folder), "--replications", str(more)])


def narrower(folder: Path, done: int, of_each: Words) -> Step | None:
    """The next step of a study with so many replications of each case; None where they are enough or none is there."""
    if not 0 < done < ENOUGH:
        return None
    more = min(_TO_HALVE_AN_INTERVAL * done, ENOUGH - done)
    if done == 1:
        gives = Words("Để có khoảng tin cậy", "For intervals")
    elif more == _TO_HALVE_AN_INTERVAL * done:
        gives = Words("Để khoảng tin cậy hẹp đi chừng một nửa", "For intervals about half as wide")
    else:
        gives = Words(f"Để đủ {ENOUGH} lần", f"To have {ENOUGH}")
    return extension(folder, more, gives, of_each)
