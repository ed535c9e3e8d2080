"""How fast livebrief is (`python -m benchmarks`).

In: the sets that `eval` measures on.  Out: articles and pages a second, beside others' in the
same run; peak memory; how long the command takes to start.
"""
