"""What the hall looks up at (wall, LED board, voice), and the theme all screens share."""
