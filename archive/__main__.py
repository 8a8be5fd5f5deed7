"""What ``python -m archive`` runs."""

from archive.cli.main import main

if __name__ == "__main__":
    main(prog_name="archive")
