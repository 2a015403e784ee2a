#pragma once

#include <string_view>

namespace commands {

/// Likeness of two texts from 0 to 100: the Dice coefficient over pairs of neighbouring characters, without spaces and punctuation. Source:
/// domain.md 4.5, "normalised text similarity".
int similarity_percent(std::string_view a, std::string_view b);

} // namespace commands
