"""Runs: the process of a tool, its folder of logs, and the engine that watches over it."""
