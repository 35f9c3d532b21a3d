"""Putting a centre's description in force: a new version with its journal entry, or nothing at all."""

from __future__ import annotations

import time

from ..core.events import SiteDescribed
from ..core.model import SYSTEM
from ..core.site import Site
from .importing import Changes, difference, digest
from .ports import Store
from .write_path import record_event


def describe(store: Store, site: Site, *, keep: bool = True) -> Changes:
    """Put `site` in force where it differs; returns what changes. `keep=False` only tells."""
    now = round(time.time() * 1000)
    with store.writing(site.id) as transaction:
        described = transaction.site()
        version, old = described or (0, None)
        changes = difference(old, site)
        if changes and keep:
            transaction.describe(version + 1, site, now)
            event = SiteDescribed(version + 1, digest(site))
            record_event(transaction, site.id, site, event, SYSTEM, now)
        return changes
