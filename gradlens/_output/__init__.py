"""What a cell shows: the view, its payload, or what is missing."""
