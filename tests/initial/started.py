"""A small province whose plan reports something of its start, and tables of states fitted to it."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import date

from worlds import Provinces, small_province

from sim.scenario.loading import LoadedScenario
from sim.scenario.sheet import columns
from sim.scenario.start_states import SHARES, StartResidual, StartState

BASELINE = (
    '{{id="{id}", measure="{measure}", scope="{scope}", source="test",'
    ' reported={{value="{value}", low="{low}", high="{high}", kind="uniform", basis="reported", source="test"}}}}'
)
USE = {
    "id": "use",
    "measure": "internal_electronic_share",
    "scope": "all",
    "value": "30 %",
    "low": "20 %",
    "high": "40 %",
}
MAIL = {"id": "mail", "measure": "email_user_share", "scope": "all", "value": "50 %", "low": "45 %", "high": "55 %"}
LINKED = {
    "id": "linked",
    "measure": "eoffice_linked_share",
    "scope": "tier:commune",
    "value": "10 %",
    "low": "5 %",
    "high": "15 %",
}


def baselines(*rows: dict[str, str]) -> str:
    """The text that `--set` takes."""
    return f"baselines=[{', '.join(BASELINE.format(**row) for row in rows)}]"


def state(candidate: int, seed: int = 7, **shares: float) -> StartState:
    """A state with half of everything but what is said."""
    return StartState(
        seed=seed, candidate=candidate, ranges="0" * 16, **dict.fromkeys(SHARES, 0.5) | shares, distance=0.0, place=""
    )


USE_LEFT = StartResidual(
    "use", "internal_electronic_share", "all", 0.3, 0.2, 0.4, 0.31, 0.22, 0.39, 1.0, 0.3, "fitted", "", "", 20
)
MAIL_LEFT = StartResidual(
    "mail", "email_user_share", "all", 0.5, 0.45, 0.55, 0.4, 0.35, 0.44, 0.0, 0.44, "impossible", "vì", "because", 20
)


def states_text(*rows: StartState) -> str:
    """The table as `init` writes it."""
    return _text(columns(StartState), [astuple(row)[:-1] for row in rows])


def residuals_text(*rows: StartResidual) -> str:
    return _text(columns(StartResidual), [astuple(row)[:-1] for row in rows])


def _text(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\n".join([",".join(header), *lines]) + "\n"


def start(
    provinces: Provinces,
    states: str | None,
    residuals: str | None,
    *sets: str,
    reported: tuple[dict[str, str], ...] = (USE, MAIL),
    end: date = date(2019, 3, 31),
) -> LoadedScenario:
    """The province with these texts as its tables of states and residuals; none is named where None."""
    folder = provinces.root / "initial"
    folder.mkdir(exist_ok=True)
    named = []
    for key, text in (("fitted", states), ("residuals", residuals)):
        path = folder / f"{key}.csv"
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_text(text, encoding="utf-8")
            named.append(f"start.{key}=initial/{key}.csv")
    offices = [replace(office, linked=office.tier != "commune") for office in small_province(3, 2, 3)]
    return provinces.load(
        offices, sets=(baselines(*reported), *named, *sets), end=end, warm_up="2 months", personal=4, organisation=4
    )
