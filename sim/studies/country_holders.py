"""Provinces kept by several processes of this machine, or by the workers of a cluster; the axis stays with us."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Protocol

from sim.engine.records import Records
from sim.model.among_provinces import ProvinceTotals
from sim.results.words import Words
from sim.scenario.country import Country
from sim.studies.country import Crossings, HeldHere, Work, shared_out
from sim.studies.dask_cluster import checked_workers, connected
from sim.studies.preparing import compile_once
from sim.studies.refusals import ProvincesLostError
from sim.studies.version import program_hash

Answer = Callable[[], Any]
_SECONDS_TO_BE_GONE = 5.0


class _Part(Protocol):
    """Who keeps some of the provinces."""

    def ask(self, method: str, *arguments: object) -> Answer:
        """Begin one of the methods of `HeldHere`; what it returns is waited for by calling the answer."""

    def stop(self) -> None:
        """Free everything."""


class HeldBySeveral:
    """Provinces kept by several, each of which runs its own at the same time as the others theirs."""

    def __init__(self, parts: Sequence[_Part], numbers: Sequence[Sequence[int]]) -> None:
        """`numbers` are those of the provinces that each part keeps."""
        self._parts = parts
        self._numbers = numbers

    def advance(self, until_ms: int, coming_in: Crossings) -> Crossings:
        """Run all provinces to a moment; what left them for others."""
        answers = [
            part.ask("advance", until_ms, {number: coming_in[number] for number in mine if number in coming_in})
            for part, mine in zip(self._parts, self._numbers, strict=True)
        ]
        left: dict[int, Records] = {}
        for answer in answers:
            left |= answer()
        return left

    def close(self) -> list[ProvinceTotals]:
        """The last day is over; totals in the order of provinces.

        Raises:
            ConservationError: if something was lost.
        """
        answers = [part.ask("close") for part in self._parts]
        totals: dict[int, ProvinceTotals] = {}
        for answer, mine in zip(answers, self._numbers, strict=True):
            totals |= dict(zip(mine, answer(), strict=True))
        return [totals[number] for number in sorted(totals)]

    def work(self) -> Work:
        """What it has taken so far."""
        done: list[Work] = [answer() for answer in [part.ask("work") for part in self._parts]]
        return Work(sum(one.processor_seconds for one in done), sum(one.memory_octets for one in done))

    def stop(self) -> None:
        """Free everything."""
        for part in self._parts:
            part.stop()


def held_by_processes(country: Country, seed: int, engine: str, workers: int) -> HeldBySeveral:
    """Provinces kept by so many processes of this machine.

    Raises:
        ProvincesLostError: a process ended before it had founded its provinces.
    """
    numbers = shared_out(country, workers)
    parts: list[_Process] = []
    try:
        parts.extend(_Process(country, seed, engine, mine) for mine in numbers)
        for part in parts:
            part.answer()
    except BaseException:
        _stop(parts)
        raise
    return HeldBySeveral(parts, numbers)


def held_by_cluster(country: Country, seed: int, engine: str, address: str) -> HeldBySeveral:
    """Provinces kept by the workers of a Dask cluster, as many parts as it has workers.

    Raises:
        ModuleNotFoundError: `distributed` is not installed.
        ClusterError: nobody answers, or with another version.
    """
    client = connected(address)
    try:
        names = sorted(checked_workers(client, address, program_hash))
        numbers = shared_out(country, len(names))
        begun = [
            client.submit(
                HeldAfar, country, seed, engine, mine, actor=True, workers=[name], allow_other_workers=False, pure=False
            )
            for mine, name in zip(numbers, names, strict=False)
        ]
        actors = [future.result() for future in begun]
    except BaseException:
        client.close(timeout=2)
        raise
    return HeldBySeveral([_Actor(actor, address, client) for actor in actors], numbers)


class HeldAfar(HeldHere):
    """Provinces kept by a worker of a cluster, which may not have compiled the model yet."""

    def __init__(self, country: Country, seed: int, engine: str, numbers: Sequence[int]) -> None:
        compile_once(country.pattern, seed, engine)
        super().__init__(country, seed, engine, numbers)


class _Process:
    """A process of this machine that keeps provinces."""

    def __init__(self, country: Country, seed: int, engine: str, numbers: Sequence[int]) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, country, seed, engine, numbers), name="lienthong-provinces", daemon=True
        )
        self._process.start()
        theirs.close()

    def ask(self, method: str, *arguments: object) -> Answer:
        """Begin one of the methods of `HeldHere`."""
        with suppress(BrokenPipeError, ConnectionResetError):  # it is dead, and the answer will say so
            self._connection.send((method, arguments))
        return self.answer

    def answer(self) -> Any:
        """What it says next.

        Raises:
            ProvincesLostError: it is gone.
        """
        try:
            done, what = self._connection.recv()
        except (EOFError, ConnectionResetError) as error:
            self._process.join(_SECONDS_TO_BE_GONE)
            code = self._process.exitcode
            raise ProvincesLostError(Words(f"tiến trình (mã {code})", f"the process (code {code})")) from error
        if not done:
            raise what
        return what

    def stop(self) -> None:
        """End it."""
        self._connection.close()
        self._process.terminate()
        self._process.join(_SECONDS_TO_BE_GONE)


def _serve(connection: Connection, country: Country, seed: int, engine: str, numbers: Sequence[int]) -> None:
    """Found the provinces, say so, and do what is asked until nobody asks any more."""
    try:
        holder = HeldHere(country, seed, engine, numbers)
        connection.send((True, None))
        while True:
            method, arguments = connection.recv()
            connection.send((True, getattr(holder, method)(*arguments)))
    except (EOFError, KeyboardInterrupt, BrokenPipeError):
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised again where the answer is waited for
        with suppress(OSError):
            connection.send((False, error))


def _stop(parts: Iterable[_Part]) -> None:
    for part in parts:
        part.stop()


class _Actor:
    """A worker of a cluster that keeps provinces."""

    def __init__(self, actor: Any, address: str, client: Any) -> None:
        self._actor = actor
        self._address = address
        self._client = client

    def ask(self, method: str, *arguments: object) -> Answer:
        """Begin one of the methods of `HeldHere`."""
        try:
            with self._client.as_current():
                future = getattr(self._actor, method)(*arguments)
        except RuntimeError as error:  # it was lost since it was last asked
            raise self._lost() from error

        def answer() -> Any:
            try:
                return future.result()
            except OSError as error:
                raise self._lost() from error

        return answer

    def _lost(self) -> ProvincesLostError:
        who = f"{self._address}: "
        return ProvincesLostError(Words(f"{who}tiến trình", f"{who}the worker"))

    def stop(self) -> None:
        """Let the worker forget its provinces; the cluster stays."""
        self._actor = None
        self._client.close(timeout=2)
