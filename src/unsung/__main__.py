"""`python -m unsung` is `unsung`."""

from unsung.cli import main

if __name__ == "__main__":
    main()
