"""The application: ports, the one write path, read models, the relay, replay and audit."""
