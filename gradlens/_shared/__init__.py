"""What all rooms use: files, names of kinds, settings, warnings."""
