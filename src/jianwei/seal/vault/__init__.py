"""What an office keeps to itself: manifests, salts, originals. The log has only their commitments."""
