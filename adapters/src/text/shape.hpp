#pragma once

#include <cstddef>
#include <string_view>

/// Cheap looks at a text before a parser builds anything of it.
namespace adapters::text {

/// Whether brackets outside strings nest at most `max_depth` deep. Says nothing about validity beyond that.
bool json_depth_within(std::string_view json, std::size_t max_depth);

/// Whether elements nest at most `max_depth` deep, there are at most `max_elements`, and there is no declaration (`<!DOCTYPE`, `<!ENTITY`)
/// nor control character. Says nothing about validity beyond that.
bool xml_shape_within(std::string_view xml, std::size_t max_depth, std::size_t max_elements);

} // namespace adapters::text
