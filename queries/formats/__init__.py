"""Answers in the forms that people and programs take away."""
