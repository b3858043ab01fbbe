"""What the kiosk offers, one pure module a service: which step it is at, and what a touch means there."""
