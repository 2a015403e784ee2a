#pragma once

#include <string>
#include <string_view>

namespace adapters::http {

/// Percent-encodes everything but unreserved characters: fit for a query value.
std::string escape(std::string_view value);

/// Whether the address may be called: https, or http to loopback; a host, no user information, nothing malformed.
bool is_callable(std::string_view url);

/// Whether the host is this machine: localhost, 127.0.0.0/8 or ::1.
bool is_loopback(std::string_view url);

/// Whether `url` has scheme, host and port of `base`, and its path begins with that of `base`.
bool is_under(std::string_view url, std::string_view base);

} // namespace adapters::http
