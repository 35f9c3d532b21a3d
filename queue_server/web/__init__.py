"""The HTTP side: the JSON API under /api/v1, sign-in, and the pages' files."""
