"""Names, numbers and times as people type them, as the things they mean.

    typed       a text in the one form in which it is compared: NFC, dashes, the place of the tone mark, marks left out
    patterns    the .toml files beside this one: words, abbreviations and patterns, written with their marks
    things      what a dataset holds, read once: documents, bodies, groups, tasks, plans, with their names
    bodies      the short forms of a body's name ("Phòng GD&ĐT", "PNV", "UB phường Cộng Hòa")
    numbers     documents by number ("NĐ 61", "61-2018-ND-CP", "Thông tư 01/2018 của VPCP")
    rows        tasks by number ("II.5", "nhiệm vụ 5 mục II", "phụ lục 1 mục 3")
    titles      documents and plans by words of their titles
    times       days, quarters, years and periods ("quý 2", "trước 30/6", "6 tháng đầu năm")
    lookup      which things a whole value may mean, and what comes close
    mentions    the things and times that a sentence speaks of

A word typed with marks means that word and no other; a word typed without any means every word that it may be without
its marks. Whatever fits several things is said to; nothing is guessed.
"""
