"""`init SCENARIO`: fit the state of use on the first day to what the plan reports of it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.initial_answer import Answer
from sim.command.program import command_line
from sim.command.specs import init_spec
from sim.studies.execution import Execution
from sim.studies.initial_state import init_study
from sim.studies.runner import run_study


def init(words: Namespace, console: Console) -> int:
    """Try starting states, keep those whose reports would have been the plan's, write them and say what remains."""
    study = init_study(init_spec(words), Path(words.out) if words.out else None)
    for line in study.asked.recognised:
        console.say(line)
    execution = Execution(workers=words.workers, resume=command_line(words.typed), typed=tuple(words.typed))
    result = run_study(study, execution, console)
    if result.ending == "interrupted" or study.found is None:
        return exit_codes.INTERRUPTED
    answer = Answer(study, study.found)
    if console.as_json:
        console.answer_json("init", answer.content())
    else:
        console.answer(answer.text(console.lang))
    return exit_codes.SOME_FAILED if study.found.failures else exit_codes.DONE
