"""The hall: boards, the voice of its announcements, and its signs."""
