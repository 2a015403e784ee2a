#pragma once

#include "bot/config.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

/// The log: one line of logfmt or JSON per event, on standard error. No texts that people wrote, no names and no secrets above debug.
namespace bot {

enum class Level { debug, info, warn, error };

/// One `key=value` of a line. The text is used before the call returns.
struct LogField {
    std::string_view key;
    std::variant<std::string_view, std::int64_t, double, bool> value;

    LogField(std::string_view k, std::string_view v) : key(k), value(v) {}
    LogField(std::string_view k, std::string const& v) : key(k), value(std::string_view(v)) {}
    LogField(std::string_view k, char const* v) : key(k), value(std::string_view(v)) {}
    LogField(std::string_view k, bool v) : key(k), value(v) {}
    LogField(std::string_view k, double v) : key(k), value(v) {}
    template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) LogField(std::string_view k, T v)
        : key(k), value(static_cast<std::int64_t>(v))
    {
    }
};

/// Sets level and format; until then: info, logfmt. May be called again while the program runs.
void set_up_log(LogConfig const& config);
[[nodiscard]] bool log_enabled(Level level);
/// Writes one line. `event` is a fixed word, as in "inbound". Any thread.
void log(Level level, std::string_view event, std::initializer_list<LogField> fields = {});
/// Writes out what is buffered. Lines reach the outside at once while few are written, and after a tenth of a second at most when the
/// server calls this from its timer; warnings and errors always at once.
void flush_log();

} // namespace bot
