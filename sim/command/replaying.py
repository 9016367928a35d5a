"""`replay RUN`: prints how one replication went when it was run again."""

from __future__ import annotations

from argparse import Namespace

from sim.command import exit_codes
from sim.command.console import Console
from sim.results.words import Words
from sim.studies import replaying
from sim.studies.manifest import opened


def replay(words: Namespace, console: Console) -> int:
    """Run it again and write nothing; the code is 4 when it fails again. Raises as `sim.studies.replaying.replay`."""
    again = replaying.replay(opened(words.run), words.cell, words.replication)
    if console.as_json:
        content = {
            "folder": words.run,
            "cell": again.cell,
            "replication": again.replication,
            "seed": again.seed,
            "status": "failed" if again.failed else "done",
            "seconds": round(again.seconds, 3),
            "error": again.error,
            "says": again.verdict.en,
        }
        console.answer_json("replay", content)
    else:
        which = f" {again.cell}" if again.cell else ""
        vietnamese = f"lần chạy {again.replication}{which} (số khởi tạo {again.seed}): {again.verdict.vi}"
        english = f"replication {again.replication}{which} (seed {again.seed}): {again.verdict.en}"
        console.answer(Words(vietnamese, english).text(console.lang))
        if again.failed:
            console.say_text(again.error.rstrip())
    return exit_codes.SOME_FAILED if again.failed else exit_codes.DONE
