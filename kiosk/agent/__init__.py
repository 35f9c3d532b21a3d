"""The kiosk that runs by itself: serves its pages, talks to the server, and goes on without it."""
