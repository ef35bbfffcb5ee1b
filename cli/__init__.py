"""The `cancu` command: the second door beside the web application.

Data goes to stdout and messages to stderr. What a verb needs is imported when the verb runs, so that the command
answers at once.
"""
