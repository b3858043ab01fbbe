"""The hub's database: tables, one writing transaction at a time, the feed, and their migrations."""
