"""What `show` and `heatmap` are told, checked, and in the words of the payload."""
