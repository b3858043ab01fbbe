"""What docs/performance.md promises, measured: both sides in one run, ratios and medians."""
