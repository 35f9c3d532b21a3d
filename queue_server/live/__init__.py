"""The live side: topics over Socket.IO."""

from .installing import install, start

__all__ = ["install", "start"]
