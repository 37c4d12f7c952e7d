// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace tenbin {

/// The bytes that a function makes in a process of its own: a library that crashes there, damages
/// its heap or leaves handlers for the program's end harms nobody else. The function must neither
/// start threads nor print. Throws std::bad_alloc where that process ends without an answer, as one
/// does whose memory is short. Callable from any thread.
std::string in_child(const std::function<std::string()>& make);

}  // namespace tenbin
