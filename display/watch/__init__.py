"""What keeps a window alive that nobody sits at: its watchdog, its sign of life, and the sign for when it cannot begin.

Kiosk and wall are watched alike.
"""
