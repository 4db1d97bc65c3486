"""The commands of webify, one module for each that is more than a few lines."""
