"""The wheel holds the whole archive, and works far from the checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.architecture.checkout import ROOT, project_files

MAPPED = ("migrations", "seeds", "static", "templates")


def run(*command: str | Path, folder: Path, environment: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        command,
        check=False,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{command} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def place_in_the_wheel(path: Path) -> str:
    return path.as_posix() if path.parts[0] == "archive" else f"archive/{path.as_posix()}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # From a copy: a file deleted from the checkout would come back out of its build folder.
    checkout = tmp_path_factory.mktemp("checkout")
    for path in project_files():
        (checkout / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, checkout / path)
    made = tmp_path_factory.mktemp("wheel")
    build = ("build", "--wheel", "--no-isolation", "--outdir", made)
    run(sys.executable, "-m", *build, folder=checkout)
    return next(made.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a clean environment that has the wheel."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    install = ("--python", python, "install", "--quiet", "--no-index", "--no-deps", wheel)
    run(sys.executable, "-m", "pip", *install, folder=home)
    # The libraries are those of the tests: a folder named here is searched, its editable
    # installs are not, so the checkout stays out of sight.
    packages = next((home / "lib").glob("python*/site-packages"))
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    ours = ("ARCHIVE_", "PYTHON")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def test_every_folder_of_code_is_a_listed_package() -> None:
    configuration = ConfigParser()
    configuration.read(ROOT / "setup.cfg")
    modules = (ROOT / "archive").rglob("*.py")
    folders = {".".join(path.parent.relative_to(ROOT).parts) for path in modules}
    mapped = {f"archive.{name}" for name in MAPPED}

    listed = configuration["options"]["packages"].split()

    assert set(listed) == folders | mapped
    assert len(listed) == len(set(listed))


def test_every_package_says_what_it_is() -> None:
    folders = {path.parent for path in (ROOT / "archive").rglob("*.py")}

    nameless = {str(folder) for folder in folders if not (folder / "__init__.py").is_file()}

    assert nameless == set()


@pytest.mark.slow
def test_the_wheel_carries_every_file_that_the_archive_reads(wheel: Path) -> None:
    tops = {"archive", *MAPPED}
    wanted = {place_in_the_wheel(path) for path in project_files() if path.parts[0] in tops}

    with ZipFile(wheel) as opened:
        held = {name for name in opened.namelist() if ".dist-info/" not in name}

    assert held == wanted


@pytest.mark.slow
def test_the_wheel_works_from_another_directory(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    where = ("-c", "import archive; print(archive.__file__)")
    imported = run(installed / "python", *where, folder=tmp_path, environment=environment)

    for command in ("--help", "migrate", "seed"):
        run(installed / "archive", command, folder=tmp_path, environment=environment)
    export = (installed / "archive", "export", "--format", "jsonl")
    exported = run(*export, folder=tmp_path, environment=environment)

    assert not Path(imported.strip()).is_relative_to(ROOT)
    assert (tmp_path / "archive.db").is_file()
    assert len(exported.splitlines()) > 100


@pytest.mark.slow
def test_seeding_twice_is_seeding_once(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    export = (installed / "archive", "export", "--format", "jsonl")
    for command in ("migrate", "seed"):
        run(installed / "archive", command, folder=tmp_path, environment=environment)
    once = run(*export, folder=tmp_path, environment=environment)

    run(installed / "archive", "seed", folder=tmp_path, environment=environment)

    assert run(*export, folder=tmp_path, environment=environment) == once
