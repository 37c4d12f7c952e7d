// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the includes that are still to be parted.
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/nearest.hpp"
#include "tenbin/io/text.hpp"
