# SPDX-License-Identifier: Apache-2.0
"""Builds libtenbin by CMake and puts it, with the shipped panels, priors and scenarios, into the package.

TENBIN_BUILD names a build folder to use (and to keep); TENBIN_LIVE one with the script of live pages (.ci/page)."""
import os
import re
import shutil
import subprocess
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.dist import Distribution

root = Path(__file__).resolve().parent.parent
version = re.search(r"project\(tenbin VERSION ([0-9.]+)", (root / "CMakeLists.txt").read_text()).group(1)


class BuildWithLibrary(build_py):
    def run(self):
        super().run()
        package = (Path(self.build_lib) / "tenbin").resolve()
        build = Path(os.environ.get("TENBIN_BUILD") or Path(self.build_lib).resolve().parent / "cmake")
        options = ["-DCMAKE_BUILD_TYPE=Release", "-DTENBIN_TESTS=OFF", "-DTENBIN_BENCH=OFF"]
        if live := os.environ.get("TENBIN_LIVE"):
            options.append(f"-DTENBIN_LIVE={live}")
        if not (build / "build.ninja").exists():
            subprocess.run(["cmake", "-G", "Ninja", "-S", root, "-B", build, *options], check=True)
        subprocess.run(["cmake", "--build", build, "--target", "tenbin_library"], check=True)
        subprocess.run(["cmake", "--install", build, "--component", "library", "--strip", "--prefix", package], check=True)
        for link in (package / "lib").glob("*.so*"):  # a wheel has no links: keep the file that is loaded
            if link.is_symlink():
                target = link.resolve()
                link.unlink()
                if link.name.count(".") == 2:  # libtenbin.so.2
                    shutil.copy2(target, link)
        for real in (package / "lib").glob("*.so.*.*"):
            real.unlink()


class PlatformWheel(Distribution):
    def has_ext_modules(self):
        return True


try:
    from wheel.bdist_wheel import bdist_wheel

    class AnyPython(bdist_wheel):
        """The library is called through ctypes: any Python 3 on this platform."""

        def get_tag(self):
            return ("py3", "none", super().get_tag()[2])

    commands = {"build_py": BuildWithLibrary, "bdist_wheel": AnyPython}
except ImportError:
    commands = {"build_py": BuildWithLibrary}

setup(version=version, packages=["tenbin"], package_data={"tenbin": ["py.typed"]}, cmdclass=commands,
      distclass=PlatformWheel)
