"""What terminals and hub say to each other, and how it is written as bytes (docs/wire.md)."""
