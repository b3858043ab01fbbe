"""What `bancheng doctor` finds."""
