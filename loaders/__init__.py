"""A document becomes a `Source` (its text), then a `Plan` (what the text says, with the words it says it in).

The files are the steps: `read` a file into a source, find its `blocks`, re-join `tables`, then read the
`header`, `citations`, `articles`, `tasks`, `deadlines`, `agencies`, `appendices`, `recipients` and `slips`;
`parse` runs them in order and `extract` prints the result. Nothing here knows RDF.
"""
