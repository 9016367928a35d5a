"""Compiling the model once, before workers start, so that no two of them do it at the same time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from sim.engine import jit
from sim.engine.clock import add_months
from sim.engine.code_cache import TROUBLES, Trouble
from sim.results.words import Words
from sim.scenario.loading import LoadedScenario
from sim.studies.case import Case
from sim.studies.progress import Listener


def is_prepared(engine: str) -> bool:
    """Whether an earlier run on this machine has compiled all that this scheduler needs."""
    return bool(os.environ.get("NUMBA_DISABLE_JIT")) or (jit.is_compiled() and _mark(engine).exists())


def prepare(case: Case, listener: Listener) -> None:
    """Simulate the first month, which compiles the whole model; says so, for it takes half a minute."""
    _say_troubles(listener, 0)
    if is_prepared(case.engine):
        return
    said = len(TROUBLES)
    listener.say(
        Words("chuẩn bị mô hình, khoảng nửa phút", "preparing the model, about half a minute")
        if said
        else Words(
            "chuẩn bị mô hình lần đầu trên máy này, khoảng nửa phút",
            "preparing the model for the first time on this machine, about half a minute",
        )
    )
    compile_once(case.loaded, case.seed, case.engine)
    _say_troubles(listener, said)


def compile_once(loaded: LoadedScenario, seed: int, engine: str) -> None:
    """Compile what this scheduler needs unless it is done; of several processes one does it and the others wait."""
    if is_prepared(engine):
        return
    from sim.model.simulate import simulate  # loads the compiler, which what is only asked or counted can do without

    if jit.cache_folder() is None:
        return  # every process compiles for itself
    with suppress(Exception), _alone():  # whatever is wrong with the model is said of the replication that meets it
        if not is_prepared(engine):
            simulate(_first_month(loaded), seed, 0, engine=engine, certain=True)
            _mark(engine).touch()


@contextmanager
def _alone() -> Iterator[None]:
    descriptor = os.open(_in_cache(".preparing"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _mark(engine: str) -> Path:
    return _in_cache(f"prepared-{engine}")


def _in_cache(name: str) -> Path:
    folder = jit.cache_folder()
    return Path(os.devnull) / name if folder is None else folder / name


def _say_troubles(listener: Listener, already: int) -> None:
    """What is wrong with kept code, a line each, and what to do about it."""
    for trouble in TROUBLES[already:]:
        listener.say(_trouble_words(trouble))


def _trouble_words(trouble: Trouble) -> Words:
    kind, path, reason = trouble
    if kind == "damaged":
        return Words(
            f"mã máy đã lưu trong {path} bị hỏng ({reason}); đã biên dịch lại, nếu lặp lại hãy xóa thư mục đó",
            f"compiled code kept in {path} is damaged ({reason}); it is compiled again; if this comes back, delete"
            " that folder",
        )
    if kind == "full":
        return Words(
            f"không lưu được mã máy vào {path} ({reason}); mỗi tiến trình phải biên dịch lại; hãy dọn đĩa hoặc đặt"
            " XDG_CACHE_HOME sang thư mục ghi được",
            f"compiled code cannot be kept in {path} ({reason}); every process compiles again; free space there, or"
            " set XDG_CACHE_HOME to a folder that can be written",
        )
    return Words(
        f"không dùng được thư mục mã máy {path} ({reason}); lần này biên dịch vào thư mục tạm, xong thì xóa; muốn khỏi"
        " biên dịch lại mỗi lần, đặt XDG_CACHE_HOME sang thư mục ghi được",
        f"the folder of compiled code {path} cannot be used ({reason}); this time the code is compiled into a temporary"
        " folder and removed afterwards; to keep it, set XDG_CACHE_HOME to a folder that can be written",
    )


def _first_month(asked: LoadedScenario) -> LoadedScenario:
    loaded = asked.before or asked
    horizon = loaded.scenario.horizon
    end = min(horizon.end, add_months(horizon.start.replace(day=1), 1))
    short = loaded.scenario.model_copy(update={"horizon": horizon.model_copy(update={"end": end})})
    return replace(loaded, scenario=short)
