"""Slow actors' waiting: whole milliseconds, never in the past."""

from simpy import Environment
from simpy.events import Timeout


def until(env: Environment, time_ms: int) -> Timeout:
    """Wait until this time.

    Raises:
        ValueError: if it lies in the past or is not a whole number of milliseconds.
    """
    delay = time_ms - int(env.now)
    if delay < 0 or int(time_ms) != time_ms:
        raise ValueError(f"cannot wait until {time_ms}: it is {env.now}")
    return env.timeout(delay)
