"""`python -m livebrief` is the command."""

from livebrief.cli import main

if __name__ == "__main__":
    main()
