// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace tenbin::fuzz {

/// Takes a seed: target, name, bytes.
using PutSeed =
    std::function<void(const std::string&, const std::string&, const std::string& bytes)>;

/// Seeds of the text files that a user writes or edits, made of shipped files and, for levers, of
/// their table. Shipped files are cut, so that a mutation reaches every part.
void put_user_seeds(const PutSeed& put);

}  // namespace tenbin::fuzz
