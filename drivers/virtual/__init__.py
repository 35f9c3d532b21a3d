"""Twins of the hardware, shipped with the product: for demonstrations, for training and for tests."""
