"""Backup and restore of a hall: one file that holds everything but the secrets, and the way back from it."""
