"""What two recorded queues were like: when people come, how long they are served, how many are gone by then.

Arrivals: 48,556 tickets of walk-in desks in ten municipal offices of Warsaw, December 2019 and January
2020, 146 office days, derived from the city's public snapshots. Services and abandonment: 15,967 calls to
"Anonymous Bank" (Technion), first half of February 1999. docs/waiting-time.md tells more of both.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise

HALF_HOUR = 30
OPENS = 8 * 60
"""Minute of the day at which the first share of `ARRIVALS` begins."""

ARRIVALS = (
    75.4, 59.4, 54.7, 61.3, 65.8, 72.4, 69.5, 70.9, 69.0, 62.7,
    61.2, 59.5, 63.0, 59.3, 48.8, 22.1, 10.1, 6.8, 6.5, 1.6,
)  # fmt: skip
"""Of a thousand people, how many take their number in each half hour from 08:00 to 18:00."""

CLOSES = OPENS + HALF_HOUR * len(ARRIVALS)

SERVICES = (
    0.02, 0.053, 0.147, 0.212, 0.265, 0.312, 0.365, 0.419, 0.478, 0.542, 0.613,
    0.696, 0.79, 0.896, 1.038, 1.209, 1.433, 1.751, 2.281, 3.236, 6.0,
)  # fmt: skip
"""Length of a service against the mean, at each twentieth of the services, the shortest first. The longest
recorded one was 22 times the mean; here the last twentieth ends at six times."""

NO_SHOWS = 0.119
"""The share of those who had left when it was their turn."""

BUSY = 0.85
"""The share of a desk's time that services take in the eight hours in which nearly everybody comes."""

BUSY_MINUTES = 8 * 60

_UP_TO = tuple(accumulate(ARRIVALS))


def arrival(share: float) -> float:
    """The minute of the day by which `share` (0 to 1) of a day's people have come."""
    wanted = share * _UP_TO[-1]
    place = min(bisect_right(_UP_TO, wanted), len(ARRIVALS) - 1)
    before = _UP_TO[place] - ARRIVALS[place]
    return OPENS + HALF_HOUR * (place + (wanted - before) / ARRIVALS[place])


def service(share: float) -> float:
    """The length of a service, against a mean of one, than which `share` (0 to 1) are shorter."""
    steps = len(SERVICES) - 1
    place = min(int(share * steps), steps - 1)
    low, high = SERVICES[place], SERVICES[place + 1]
    return (low + (high - low) * (share * steps - place)) / _MEAN


_MEAN = sum((low + high) / 2 for low, high in pairwise(SERVICES)) / (len(SERVICES) - 1)


def mean_service(desks: int, visits: int) -> float:
    """Minutes, so that `desks` are as busy as `BUSY` says with so many visits in a day."""
    return BUSY * BUSY_MINUTES * desks / max(1, visits)
