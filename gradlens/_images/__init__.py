"""What a model looks at: arrays and pictures, as tensors and PNGs."""
