"""The tandem in Cimba's Python package: its C engine with processes compiled from Python.

A process for each delivery, which claims places and holds them, as in SimPy.
"""

import cimba
from tandem.cimba_exchange import DrawnExchange, run_exchange
from tandem.work import AGENCIES, SERVICE_PLACES, Outcome, Work


class Station(cimba.Model):
    """So many places and a line."""

    places: cimba.Resource

    def __init__(self, capacity: int) -> None:
        self.places = cimba.Resource(capacity=capacity)


class Exchange(DrawnExchange):
    """All stations."""

    clerks: list[Station]
    uplinks: list[Station]
    downlinks: list[Station]
    service: Station

    @cimba.process
    def arrivals(self):
        for _ in range(self.deliveries):
            cimba.hold(self.gap.next())
            sender = self.sender.next()
            recipient = self.recipient.next()
            cimba.spawn(
                Delivery,
                exchange=self,
                work_0=self.work_0.next(),
                work_1=self.work_1.next(),
                work_2=self.work_2.next(),
                work_3=self.work_3.next(),
                work_4=self.work_4.next(),
                clerk=self.clerks[sender],
                uplink=self.uplinks[sender],
                downlink=self.downlinks[recipient],
                receiver=self.clerks[recipient],
            )


class Delivery(cimba.Model):
    """One delivery on its way through five stations."""

    exchange: cimba.Ref[Exchange]
    clerk: cimba.Ref[Station]
    uplink: cimba.Ref[Station]
    downlink: cimba.Ref[Station]
    receiver: cimba.Ref[Station]
    work_0: float
    work_1: float
    work_2: float
    work_3: float
    work_4: float

    @cimba.process
    def travel(self):
        begun = cimba.now()
        self.clerk.places.acquire()
        cimba.hold(self.work_0)
        self.clerk.places.release()
        self.uplink.places.acquire()
        cimba.hold(self.work_1)
        self.uplink.places.release()
        self.exchange.service.places.acquire()
        cimba.hold(self.work_2)
        self.exchange.service.places.release()
        self.downlink.places.acquire()
        cimba.hold(self.work_3)
        self.downlink.places.release()
        self.receiver.places.acquire()
        cimba.hold(self.work_4)
        self.receiver.places.release()
        self.exchange.sojourns += cimba.now() - begun
        self.exchange.arrived += 1


def _exchange() -> Exchange:
    exchange = Exchange()
    exchange.clerks = [Station(1) for _ in range(AGENCIES)]
    exchange.uplinks = [Station(1) for _ in range(AGENCIES)]
    exchange.downlinks = [Station(1) for _ in range(AGENCIES)]
    exchange.service = Station(SERVICE_PLACES)
    return exchange


def run(work: Work) -> Outcome:
    """Run the tandem; compile with a short work first."""
    return run_exchange(_exchange, work)
