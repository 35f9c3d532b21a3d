"""Storage behind the application's ports: SQLite, and memory."""
