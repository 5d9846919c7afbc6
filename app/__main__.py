"""``python -m taohua`` is the command line."""

from taohua.cli import main

main()
