"""How good livebrief is: annotated coverage in, figures out (`python -m eval`).

In: the folders that `../shared/data/README.md` describes.  Out: one figure for each bar, set and
metric.

It calls the program by its public doors only (`doors.py`), and scores every file that it finds in
a kind's folder, so it runs unchanged on other sets of the same form.
"""
