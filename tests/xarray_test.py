# SPDX-License-Identifier: Apache-2.0
"""xarray opens what tenbin fit writes, with names, dimensions and attributes. Needs TENBIN, SOURCE, WORK."""
import os
import subprocess

import xarray

path = os.path.join(os.environ["WORK"], "xarray.nc")
subprocess.run([os.environ["TENBIN"], "fit", os.path.join(os.environ["SOURCE"], "data", "east-asia"), "-o", path,
                "--chains", "2", "--warmup", "60", "--draws", "25", "--quiet"], check=True, stdout=subprocess.DEVNULL)
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
print("xarray", xarray.__version__, "opens all groups")
