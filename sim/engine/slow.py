"""Slow actors' waiting: whole milliseconds, never in the past."""

from simpy import Environment, Resource
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


def change_places(resource: Resource, capacity: int) -> None:
    """So many can be served at once from now on; who is being served is served to the end.

    SimPy has no public way to do this: a resource's places are given when it is made.
    """
    resource._capacity = capacity
    resource._trigger_put(None)
