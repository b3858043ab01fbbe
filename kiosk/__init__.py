"""The kiosk: a touchscreen where a citizen says what could not be settled and gets a receipt."""
