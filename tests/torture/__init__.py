"""Inputs that no honest drafter writes, and some that every drafter does."""
