"""Events to come: those of the next minute or so in a heap, later ones in the minute they belong to.

A heap of everything pending is too large for the processor's nearest memory, and most of what stands in it is
hours away. So an event of a later minute waits in that minute's chain, unsorted, and enters the heap when the
minute is opened (a calendar queue: R. Brown, Communications of the ACM 31, 1988, with a heap for the day at
hand). Chains stand in a ring that comes round every seven weeks; what is due in a later round stays where it is.
The order in which events come out is the heap's own: time, rank, key.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.by_address import by_address
from sim.engine.heap import Events, Size, drop_first, empty_heap, push
from sim.engine.jit import njit
from sim.engine.records import record

MINUTE_BITS = 16
"""A minute of the ring is 2^16 ms, 65.5 s."""
RING_BITS = 16
NEVER = 1 << 62
_RING = 1 << RING_BITS

LIST = record("opened later free")


@by_address
class EventList(NamedTuple):
    """Pending events. `near_size[0]` of them are in the heap."""

    near: Events
    near_size: Size
    chains: NDArray[np.int64]
    """First event of each minute of the ring, -1 for none."""
    later: Events
    following: NDArray[np.int64]
    """The next of the same chain, or the next free place: apart from the events, so that walking a chain is cheap."""
    state: Events
    """One record: the last minute opened, the number of later events, the first free place among them."""


def empty_event_list(number: int) -> EventList:
    """Room for this many pending events."""
    following = np.arange(1, number + 1)
    following[-1] = -1
    state = np.zeros(1, LIST)
    state["opened"] = -1
    return EventList(
        near=empty_heap(number),
        near_size=np.zeros(1, np.int64),
        chains=np.full(_RING, -1, np.int64),
        later=empty_heap(number),
        following=following,
        state=state,
    )


def longer(events: EventList) -> EventList:
    """The same events with room for twice as many."""
    number = len(events.near)
    more = empty_event_list(2 * number)
    more.near[:number] = events.near
    more.near_size[:] = events.near_size
    more.chains[:] = events.chains
    more.later[:number] = events.later
    more.following[:number] = events.following
    more.following[-1] = events.state["free"][0]
    more.state[:] = events.state
    more.state["free"] = number
    return more


@njit
def pending(events: EventList) -> int:
    """Number of events to come, stale ones included."""
    return int(events.near_size[0] + events.state[0].later)


@njit
def schedule(events: EventList, time_ms: int, order: int, key: int, marked: int) -> None:
    """Add one event; the caller has made sure there is room."""
    state = events.state[0]
    minute = time_ms >> MINUTE_BITS
    if minute <= state.opened:
        push(events.near, events.near_size, time_ms, order, key, marked)
        return
    place = state.free
    event = events.later[place]
    state.free = events.following[place]
    state.later += 1
    event.time_ms = time_ms
    event.rank = order
    event.key = key
    event.mark = marked
    events.following[place] = events.chains[minute & (_RING - 1)]
    events.chains[minute & (_RING - 1)] = place


@njit
def _open(events: EventList, minute: int) -> None:
    """Move the events of a minute into the heap; those of the same place in a later round stay."""
    state = events.state[0]
    state.opened = minute
    place = events.chains[minute & (_RING - 1)]
    events.chains[minute & (_RING - 1)] = -1
    while place >= 0:
        event = events.later[place]
        following = events.following[place]
        if event.time_ms >> MINUTE_BITS == minute:
            push(events.near, events.near_size, event.time_ms, event.rank, event.key, event.mark)
            events.following[place] = state.free
            state.free = place
            state.later -= 1
        else:
            events.following[place] = events.chains[minute & (_RING - 1)]
            events.chains[minute & (_RING - 1)] = place
        place = following


@njit
def first_ms(events: EventList, until_ms: int) -> int:
    """Time of the first event, which then stands at `near[0]`; `NEVER` if none comes before `until_ms`."""
    state = events.state[0]
    while events.near_size[0] == 0:
        minute = state.opened + 1
        if state.later == 0 or minute << MINUTE_BITS >= until_ms:
            return NEVER
        _open(events, minute)
    return int(events.near[0].time_ms)


@njit
def drop(events: EventList) -> None:
    """Remove the first event, whose time was asked for before."""
    drop_first(events.near, events.near_size)
