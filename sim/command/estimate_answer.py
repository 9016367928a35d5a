"""`--dry-run`: how long a study would take and how much disk."""

from __future__ import annotations

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.remedies import dry_run_words
from sim.results.words import NOTHING, Words
from sim.scenario.errors import printable
from sim.studies.estimate import Estimate, cost_of_one, disk_for, estimate, seconds_for
from sim.studies.execution import Execution
from sim.studies.goal_study import GoalStudy
from sim.studies.progress import ENGLISH, VIETNAMESE, duration
from sim.studies.study import Study

_EARLIER = Words("đo từ lần chạy trước trên máy này", "as earlier replications took")
_ROUGH = Words("ước lượng thô, chưa có lần chạy nào để đo", "a rough figure, there is no earlier run to go by")


def answer_estimate(
    study: Study, execution: Execution, command: str, console: Console, remedies_seconds: float | None = None
) -> int:
    """Say what the command would do; nothing is written.

    Args:
        study: what is asked.
        execution: how it would be run.
        command: its name.
        console: where it goes.
        remedies_seconds: for how long options are tried afterwards; None where they are not.

    Raises:
        InputRefusedError: the folder holds another run.
        FileWriteError: standard output is full.
    """
    found = estimate(study, execution)
    if console.as_json:
        more = {} if remedies_seconds is None else {"remedies_seconds": remedies_seconds}
        console.answer_json(f"{command} --dry-run", _content(found) | more)
        return exit_codes.DONE
    lines = [_text(found, console)]
    if remedies_seconds is not None:
        lines.append(dry_run_words(found, study.spec.options, remedies_seconds, console))
    console.answer("\n".join(words.text(console.lang) for words in lines))
    return exit_codes.DONE


def _content(found: Estimate) -> dict[str, object]:
    amount = found.amount
    affordable = {} if found.affordable is None else {"affordable_simulations": found.affordable}
    return {
        "cells": amount.cells,
        "replications": {"asked": amount.asked, "held": amount.held, "left": amount.asked - amount.held},
        "simulations": {"asked": amount.simulations, "left": amount.left},
        "workers": found.workers,
        **affordable,
        "seconds": round(found.seconds, 1),
        "seconds_each": round(found.seconds_each, 2),
        "basis": "measured" if found.is_measured else "rough",
        "disk_bytes": round(found.disk_bytes),
        "folder": str(found.path),
    }


def _text(found: Estimate, console: Console) -> Words:
    amount, title = found.amount, found.case.loaded.scenario.title
    texts = VIETNAMESE if console.lang == "vi" else ENGLISH
    time, each = duration(found.seconds, texts), duration(found.seconds_each, texts)
    basis = _EARLIER if found.is_measured else _ROUGH
    cases = "1 case" if amount.cells == 1 else f"{amount.cells} cases"
    replications = "1 replication" if amount.asked == 1 else f"{amount.asked} replications"
    left, workers, disk = amount.asked - amount.held, max(1, found.workers), found.disk_bytes / 1e6
    again = amount.simulations - amount.cells * amount.asked
    is_more = again or amount.cells > 1
    apart = (
        Words(
            f", {again} trong đó để tách ảnh hưởng của tham số và yếu tố ngẫu nhiên",
            f", {again} of them to tell parameters from luck",
        )
        if again > 0
        else NOTHING
    )
    vietnamese = [
        printable(title.vi),
        f"{amount.cells} trường hợp, {amount.asked} lần chạy mỗi trường hợp: đã có {amount.held}, còn {left}",
        *([f"tất cả {amount.simulations} lần mô phỏng{apart.vi}, còn {amount.left}"] if is_more else []),
        f"thời gian: khoảng {time} với {workers} tiến trình, mỗi lần mô phỏng {each} ({basis.vi})",
        f"đĩa: khoảng {disk:.0f} MB trong {found.path}",
    ]
    english = [
        printable(title.en),
        f"{cases}, {replications} each: {amount.held} held, {left} left",
        *([f"{amount.simulations} simulations in all{apart.en}, {amount.left} left"] if is_more else []),
        f"time: about {time} with {workers} processes, {each} a simulation ({basis.en})",
        f"disk: about {disk:.0f} MB in {found.path}",
    ]
    if found.affordable is not None:
        vietnamese.append(f"đến hạn: chừng {found.affordable} trong {amount.left} lần mô phỏng đó")
        english.append(f"by the deadline: about {found.affordable} of those {amount.left} simulations")
    return Words("\n".join(vietnamese), "\n".join(english))


def answer_most(study: GoalStudy, execution: Execution, console: Console) -> int:
    """At most so many simulations: how many depends on what is found."""
    sought, path = study.goal, execution.folder(study.folder_name)
    simulations, workers = study.most_simulations, max(1, execution.processes())
    cost, is_measured = cost_of_one(study.case, path)
    seconds, disk = seconds_for(simulations, study.case, cost, workers), disk_for(simulations, cost)
    if console.as_json:
        content = {
            "points": sought.most,
            "simulations": {"at_most": simulations},
            "workers": workers,
            "seconds": round(seconds, 1),
            "seconds_each": round(cost.seconds, 2),
            "basis": "measured" if is_measured else "rough",
            "disk_bytes": round(disk),
            "folder": str(path),
        }
        console.answer_json("goal --dry-run", content)
        return exit_codes.DONE
    texts, basis = VIETNAMESE if console.lang == "vi" else ENGLISH, _EARLIER if is_measured else _ROUGH
    time, each = duration(seconds, texts), duration(cost.seconds, texts)
    console.answer(
        Words(
            f"nhiều nhất {sought.most} điểm, mỗi điểm {sought.replications} lần chạy, và {sought.fresh} lần kiểm lại:"
            f" không quá {simulations} lần mô phỏng\n"
            f"thời gian: nhiều nhất khoảng {time} với {workers} tiến trình, mỗi lần mô phỏng {each} ({basis.vi});"
            " thường ít hơn, vì dừng khi không còn điểm đáng thử\n"
            f"đĩa: nhiều nhất khoảng {disk / 1e6:.0f} MB trong {path}",
            f"at most {sought.most} points of {sought.replications} replications, and {sought.fresh} to check again:"
            f" no more than {simulations} simulations\n"
            f"time: at most about {time} with {workers} processes, {each} a simulation ({basis.en}); mostly less, since"
            " it stops when no point is worth trying\n"
            f"disk: at most about {disk / 1e6:.0f} MB in {path}",
        ).text(console.lang)
    )
    return exit_codes.DONE
