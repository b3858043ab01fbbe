"""What people need, in millimetres on the glass."""

MAIN_CAP_MM, SIDE_CAP_MM = 7.3, 4.8
"""Capital letters: on the main path, and elsewhere (EN 301 549 5.1.4, Section 508 402.4; read at 60 cm)."""
MAIN_TOUCH_MM, SIDE_TOUCH_MM, GAP_MM = 20.0, 12.0, 3.0
"""Touch targets, and what lies between two of them."""
