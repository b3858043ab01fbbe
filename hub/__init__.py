"""The hub: decides every command, keeps every case, and tells the hall what changed."""
