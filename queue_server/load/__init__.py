"""A day in the field, played against a real server over HTTP and WebSocket, and checked as it goes."""

from .plan import Part, Plan, Visit, hall, province, small
from .run import Done, Server, play
from .sites import Keys, sites_of

__all__ = [
    "Done",
    "Keys",
    "Part",
    "Plan",
    "Server",
    "Visit",
    "hall",
    "play",
    "province",
    "sites_of",
    "small",
]
