"""The live side: topics over Socket.IO."""

from .server import install, start

__all__ = ["install", "start"]
