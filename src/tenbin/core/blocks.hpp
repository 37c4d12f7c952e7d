// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tenbin {

/// Coordinates of a density that hang together, so that a sampler learns their correlations.
/// `count` blocks of `size` coordinates each: coordinate j of block b is first + j * count + b.
struct CoordinateBlocks {
  int first = 0, size = 1, count = 0;
};

}  // namespace tenbin
