"""Turns existing command-line tools into web pages."""
