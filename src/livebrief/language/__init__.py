"""What words mean.

In: text.  Out: sentences, tokens, times, quantities, places and names, each with its `Span`.
"""
