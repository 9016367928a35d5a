"""The tandem in Cimba's Python package, its other way: a process for each place, that serves whoever is in its store.

No process is made during the run and no place is claimed, which is how Cimba's own benchmark queue is written.
"""

import cimba
from tandem.cimba_exchange import DrawnExchange, run_exchange
from tandem.work import AGENCIES, SERVICE_PLACES, Outcome, Work


class Delivery(cimba.Model):
    """One delivery on its way: what it needs at each station, and where it goes next."""

    begun: float
    step: int
    sender: int
    recipient: int
    work_0: float
    work_1: float
    work_2: float
    work_3: float
    work_4: float


class Station(cimba.Model):
    """One clerk, one uplink or one downlink."""

    exchange: cimba.Ref["Exchange"]
    line: cimba.Store[Delivery]


class Clerk(Station):
    """Sends and receives."""

    @cimba.process
    def serve(self):
        while True:
            one = self.line.get()
            if one.step == 0:
                cimba.hold(one.work_0)
                one.step = 1
                self.exchange.uplinks[one.sender].line.put(one)
            else:
                cimba.hold(one.work_4)
                self.exchange.sojourns += cimba.now() - one.begun
                self.exchange.arrived += 1
                cimba.release(one)


class Uplink(Station):
    """Takes what a sender sends to the message service."""

    @cimba.process
    def serve(self):
        while True:
            one = self.line.get()
            cimba.hold(one.work_1)
            self.exchange.service.put(one)


class Downlink(Station):
    """Takes what comes from the message service to the recipient's clerk."""

    @cimba.process
    def serve(self):
        while True:
            one = self.line.get()
            cimba.hold(one.work_3)
            self.exchange.clerks[one.recipient].line.put(one)


class Exchange(DrawnExchange):
    """All stations."""

    clerks: list[Clerk]
    uplinks: list[Uplink]
    downlinks: list[Downlink]
    service: cimba.Store[Delivery]

    @cimba.process
    def arrivals(self):
        for _ in range(self.deliveries):
            cimba.hold(self.gap.next())
            sender = self.sender.next()
            one = cimba.spawn(
                Delivery,
                begun=cimba.now(),
                step=0,
                sender=sender,
                recipient=self.recipient.next(),
                work_0=self.work_0.next(),
                work_1=self.work_1.next(),
                work_2=self.work_2.next(),
                work_3=self.work_3.next(),
                work_4=self.work_4.next(),
            )
            self.clerks[sender].line.put(one)

    @cimba.process(copies=SERVICE_PLACES)
    def pass_on(self):
        while True:
            one = self.service.get()
            cimba.hold(one.work_2)
            self.downlinks[one.recipient].line.put(one)


def _exchange() -> Exchange:
    exchange = Exchange()
    exchange.clerks = [Clerk() for _ in range(AGENCIES)]
    exchange.uplinks = [Uplink() for _ in range(AGENCIES)]
    exchange.downlinks = [Downlink() for _ in range(AGENCIES)]
    for station in (*exchange.clerks, *exchange.uplinks, *exchange.downlinks):
        station.exchange = exchange
    return exchange


def run(work: Work) -> Outcome:
    """Run the tandem; compile with a short work first."""
    return run_exchange(_exchange, work)
