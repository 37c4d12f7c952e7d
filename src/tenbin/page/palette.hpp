// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Colours of charts: Okabe and Ito's, which readers with a colour vision deficiency can tell
/// apart, darkened until text in them is legible on white.

namespace tenbin::palette {

inline constexpr const char* own = "#0072b2";        // the focus country and its bloc
inline constexpr const char* own_light = "#8fc0e2";  // the same, less of it
inline constexpr const char* rival = "#b84a00";      // the rival and its bloc
inline constexpr const char* rival_light = "#e8b48f";
inline constexpr const char* grey = "#767676";  // other countries, earlier values
inline constexpr const char* ink = "#222";      // observed
inline constexpr const char* soft = "#555";     // axes
inline constexpr const char* rule = "#e4e4e4";  // grid

}  // namespace tenbin::palette
