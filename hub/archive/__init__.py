"""The archive's bundles (立卷归档, R40): one zip a case with an index and the hash of each part, and their check."""
