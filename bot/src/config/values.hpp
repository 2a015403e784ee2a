#pragma once

#include <string>
#include <string_view>

/// Shapes of single values; each function answers an empty string or the advice to print.
namespace bot::config {

/// Letters, digits, '-', '_' and '.', at most 64: it becomes a part of a webhook path.
std::string check_channel_name(std::string_view name);
/// 43 characters of base64, as the platforms issue them.
std::string check_aes_key(std::string_view key);
/// http or https, absolute, no user, query or fragment. Plain http to another machine is refused with `loopback_only`.
std::string check_base_url(std::string_view url, bool loopback_only);
std::string check_zone(std::string const& zone);
std::string check_storage_url(std::string_view url);

} // namespace bot::config
