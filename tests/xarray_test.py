# SPDX-License-Identifier: Apache-2.0
"""xarray opens what tenbin export writes, with names, dimensions and attributes. Needs TENBIN, SOURCE, WORK."""
import os
import subprocess

import fit_file
import numpy as np
import xarray

fitted, path = (os.path.join(os.environ["WORK"], name) for name in ("xarray.fit", "xarray.nc"))
subprocess.run([os.environ["TENBIN"], "fit", os.path.join(os.environ["SOURCE"], "data", "east-asia"), "-o", fitted,
                "--chains", "2", "--warmup", "60", "--draws", "25", "--quiet"], check=True, stdout=subprocess.DEVNULL)
subprocess.run([os.environ["TENBIN"], "export", fitted, "-o", path, "--quiet"], check=True, stdout=subprocess.DEVNULL)
top = xarray.open_dataset(path)
assert top.attrs["format"] == 1, top.attrs
for name in ("creator", "panel_hash", "seed", "priors", "chains", "warmup", "draws", "target_accept"):
    assert name in top.attrs, name
assert len(top.attrs["panel_hash"]) == 64
posterior = xarray.open_dataset(path, group="posterior")
assert posterior["target"].dims == ("chain", "draw", "state"), posterior["target"].dims
assert dict(posterior.sizes)["chain"] == 2 and dict(posterior.sizes)["draw"] == 25
assert "JPN" in posterior["state"].values and 2025 in posterior["year"].values
assert float(posterior["pull"].sel(state="JPN").mean()) > 0
assert posterior["pull"].attrs["units"] == "1/year"
economy = xarray.open_dataset(path, group="posterior_economy")
assert (economy["momentum"].values < 1).all()
stats = xarray.open_dataset(path, group="sample_stats")
assert stats["diverging"].dims == ("chain", "draw") and set(stats.data_vars) == {"lp", "acceptance_rate", "tree_depth", "n_steps", "diverging"}
observed = xarray.open_dataset(path, group="observed_data")
assert observed.sizes["row"] == 498, observed.sizes

# The same numbers as the fit's own file, which tests/fit_file.py reads by docs/formats.md alone.
held = fit_file.read(fitted)
for group, equation in ("posterior", held["spending"]), ("posterior_economy", held["economy"]):
    there = xarray.open_dataset(path, group=group)
    numbers = np.array(equation["values"]).reshape(2, 25, equation["width"])
    for column in equation["columns"]:
        size = max(1, len(column["elements"]))
        mine = numbers[:, :, column["offset"]:column["offset"] + size]
        assert (there[column["name"]].values.reshape(mine.shape) == mine).all(), column["name"]
    assert (stats["lp"].values.ravel() == held["spending"]["log_density"]).all()
    assert list(there["state"].values) == equation["columns"][25 if group == "posterior" else 11]["elements"]
assert top.attrs == {"format": 1, **dict(held["attributes"])}, top.attrs
assert list(observed["state"].values) == [row["state"] for row in held["observed"]]
assert (observed["gdp_growth"].values == [row["gdp_growth"] for row in held["observed"]]).all()
print("xarray", xarray.__version__, "opens all groups")
