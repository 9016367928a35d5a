"""Waits that a dossier owes to others: the applicant's further papers and payments, bodies outside the province."""

from sim.engine.clock import DAY_MS
from sim.engine.distributions import geometric
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.engine.working_days import opening_ms, working_day_after
from sim.exchange.codes import DRAW_RESULT
from sim.exchange.state import World

VISITED, SUPPLEMENT, PAYMENT = 1, 2, 4
DRAW_NOTED = 18
"""Bits of a dossier's `asked`."""
DRAW_PAUSE_DAYS, DRAW_OUTSIDE = 2, 8
"""Occasions of `DRAW_RESULT`, moved by what is asked and where."""


@njit
def pause_days(w: World, dossier: int) -> int:
    """Whole working days until the applicant has paid or brought what is owed."""
    d = w.dossiers[dossier]
    paying = d.asked & PAYMENT != 0
    u = uniform(w.rules[0].luck, d.key, DRAW_RESULT, DRAW_PAUSE_DAYS + (PAYMENT if paying else 0))
    return geometric(u, w.rules[0].financial_days if paying else w.rules[0].supplement_days)


@njit
def clock_stops(luck: int, key: int, asked: int, onestop: int, noted_share: float) -> bool:
    """Whether the lawful clock stands still while the applicant is waited for: only if asked for in writing.

    Decree 61/2018, Art. 19. The one-stop software writes such a slip by itself, officers do for a share of them.
    """
    u = uniform(luck, key, DRAW_RESULT, DRAW_NOTED + (asked & PAYMENT))
    return bool(onestop == 1 or u < noted_share)


@njit
def outside_days(w: World, dossier: int) -> int:
    """Whole working days until a body outside the province's agencies has answered."""
    d = w.dossiers[dossier]
    return geometric(uniform(w.rules[0].luck, d.key, DRAW_RESULT, DRAW_OUTSIDE + d.place % 8), w.rules[0].outside_days)


@njit
def opening_after(w: World, dossier: int, now: int, days: int) -> int:
    """When the office opens on the `days`-th working day from now."""
    calendar = w.agencies[w.dossiers[dossier].intake].staff_calendar
    day = working_day_after(w.shifts, w.first_shift, calendar, now // DAY_MS, days)
    return opening_ms(w.shifts, w.first_shift, calendar, day)
