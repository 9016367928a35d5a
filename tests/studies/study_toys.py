"""Toy models, importable by worker processes."""

import hashlib
import os
import sys
import time
from pathlib import Path
from typing import Any, cast

from sim.studies.cell import Cell
from sim.studies.progress import report_fraction


def payload_of(spec: object, replication: int) -> bytes:
    return hashlib.sha256(f"{spec} {replication}".encode()).digest() * 40


def quick(spec: object, replication: int) -> bytes:
    return payload_of(spec, replication)


def sleepy(spec: object, replication: int) -> bytes:
    time.sleep(0.02)
    return payload_of(spec, replication)


def very_sleepy(spec: object, replication: int) -> bytes:
    sys.stdout.write("noise that must not reach the answer\n")
    time.sleep(60)
    return payload_of(spec, replication)


def raising(spec: object, replication: int) -> bytes:
    if replication in (1, 4):
        raise ArithmeticError(f"no convergence in replication {replication}")
    return payload_of(spec, replication)


def exiting(spec: object, replication: int) -> bytes:
    if replication == 1:
        raise SystemExit(0)
    return payload_of(spec, replication)


def wrong_kind(spec: object, replication: int) -> bytes:
    value: Any = "text" if replication == 0 else payload_of(spec, replication)
    return cast("bytes", value)


def killed_on_first_try(spec: object, replication: int) -> bytes:
    tried = Path(str(spec)) / f"tried-{replication}"
    if replication == 2 and not tried.exists():
        tried.touch()
        os.kill(os.getpid(), 9)
    return payload_of("same", replication)


def always_killed(spec: object, replication: int) -> bytes:
    if replication == 2:
        os.kill(os.getpid(), 9)
    return payload_of(spec, replication)


def hanging(spec: object, replication: int) -> bytes:
    time.sleep(60 if replication == 1 else 0)
    return payload_of(spec, replication)


def pressing_ctrl_c(spec: object, replication: int) -> bytes:
    if replication == 3:
        raise KeyboardInterrupt
    return payload_of(spec, replication)


def telling(spec: object, replication: int) -> bytes:
    for step in range(4):
        time.sleep(0.3)
        report_fraction((step + 1) / 4)
    return payload_of(spec, replication)


def bad_start() -> None:
    raise RuntimeError("no table for the province")


def toy_cell(name: str = "toy", spec: object = "toy") -> Cell:
    return Cell(name, f'{{"scenario":"{name}"}}', 7, spec)


def as_sent(spec: object) -> object:
    return spec


def version() -> str:
    return "1"


def version_of_this_process() -> str:
    return str(os.getpid())
