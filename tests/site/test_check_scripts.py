"""The check of the scripts' syntax sees every script, and says so where there is none."""

import pytest

from tools.setup import check_scripts


@pytest.fixture
def project(tmp_path):
    """Return a folder laid out as the project, with one right script in each place."""
    for folder in check_scripts.FOLDERS:
        (tmp_path / folder / "kit").mkdir(parents=True)
        (tmp_path / folder / "kit" / "a.js").write_text("export const a = 1;\n")
    return tmp_path


def test_right_scripts_pass(project):
    assert check_scripts.main(project) == 0


@pytest.mark.parametrize("name", ["kit/a.js", "b.mjs"])
def test_a_mistake_is_named_with_its_file(project, capsys, name):
    (project / "web" / name).write_text("export const a = 1;\nexport const b = ;\n")
    assert check_scripts.main(project) == 1
    assert f"{name}:2" in capsys.readouterr().err


def test_a_folder_without_scripts_is_named(project, capsys):
    (project / "hdclib" / "widgets" / "kit" / "a.js").unlink()
    assert check_scripts.main(project) == 1
    assert "hdclib/widgets holds no script" in capsys.readouterr().err


def test_what_is_installed_or_made_is_not_checked(project):
    (project / "web" / "node_modules").mkdir()
    (project / "web" / "node_modules" / "theirs.js").write_text("not JavaScript")
    assert check_scripts.main(project) == 0
    assert len(check_scripts.scripts_in(check_scripts.ROOT / "web")) >= 6
