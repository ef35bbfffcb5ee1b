"""Questions and their answers.

`catalogue` reads the questions (one .rq file each, with its header), `parameters` turns what people type into the
terms a query is asked with, `answer` asks. `guard` and `worker` let strangers' queries run without harm.
"""
