"""Write commentary on a chapter, and see whether its figures still hold.

python scripts/commentary.py new digital --unit general --dataset live
python scripts/commentary.py check --dataset live           exit code 1 if a text must be read again
python scripts/commentary.py confirm digital --dataset live
"""

from planbook.run.command import run
from planbook.run.commentary_commands import main

__all__ = ["main"]

if __name__ == "__main__":
    run(main)
