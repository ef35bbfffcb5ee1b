"""Why a row stands in an answer, and why a thing does not: read off the question's own query, for any question.

    pattern, read    the WHERE part of a query as a tree of conditions
    render           the tree, or what is left of it without some conditions, as SPARQL again
    known            the tree with some of its variables known
    probe            what such a query finds, within limits
    facts, paths     the triples of the graph that one solution rests on
    failing          the conditions that keep a thing out
    rules            the rule that derives a triple, and the triples it rests on
    terms, words     all of this in sentences
    evidence         the words of the source behind a triple
    explain          the two questions themselves

After "why" (Buneman, Khanna, Tan 2001: the witnesses of a row) and "why not" (Chapman, Jagadish 2009: the step of a query
after which nothing is left of a thing).
"""
