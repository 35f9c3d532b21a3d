"""The HTTP side: the JSON API under /api/v1, sign-in, and the pages' files."""

from .application import WebSettings, create_app
from .entrance import prefixed
from .files import Folders

__all__ = ["Folders", "WebSettings", "create_app", "prefixed"]
