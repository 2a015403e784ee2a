#include "bot/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <iterator>
#include <memory>
#include <mutex>

namespace bot {
namespace {

constexpr std::size_t kBufferBytes = 32 * 1024UL;
constexpr std::chrono::milliseconds kQuiet{50};

/// Gathers lines while many are written, so that a busy server does not pay one system call for each.
class GatheringSink : public spdlog::sinks::base_sink<std::mutex> {
protected:
    void sink_it_(spdlog::details::log_msg const& message) override
    {
        buffer_.append(message.payload.begin(), message.payload.end());
        buffer_.push_back('\n');
        auto const now = std::chrono::steady_clock::now();
        if (buffer_.size() >= kBufferBytes || message.level >= spdlog::level::warn || now - flushed_ > kQuiet)
            flush_();
    }

    void flush_() override
    {
        flushed_ = std::chrono::steady_clock::now();
        for (std::string_view rest = buffer_; !rest.empty();) {
            auto const written = ::write(STDERR_FILENO, rest.data(), rest.size());
            if (written <= 0 && errno != EINTR)
                break; // nobody reads the log any more: nothing left to tell it to
            rest.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
        }
        buffer_.clear();
    }

private:
    std::string buffer_;
    std::chrono::steady_clock::time_point flushed_;
};

spdlog::logger& logger()
{
    static spdlog::logger instance("yiqi", std::make_shared<GatheringSink>());
    return instance;
}

std::atomic<LogFormat> format_in_use{LogFormat::logfmt};

spdlog::level::level_enum to_spdlog(Level level)
{
    switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warn: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
    }
    return spdlog::level::info;
}

std::string_view level_name(Level level)
{
    constexpr std::string_view kNames[] = {"debug", "info", "warn", "error"};
    return kNames[static_cast<std::size_t>(level)];
}

/// Quotes and escapes so that a value can never start a new line or a new key.
void append_quoted(fmt::memory_buffer& out, std::string_view text)
{
    out.push_back('"');
    for (char const c : text) {
        if (c == '"' || c == '\\')
            fmt::format_to(std::back_inserter(out), "\\{}", c);
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        else
            out.push_back(c);
    }
    out.push_back('"');
}

bool plain(std::string_view text)
{
    for (char const c : text) {
        if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '=' || c == '\\' || c == 0x7f)
            return false;
    }
    return !text.empty();
}

void append_text(fmt::memory_buffer& out, std::string_view text, bool json)
{
    if (json || !plain(text))
        append_quoted(out, text);
    else
        out.append(text);
}

void append_key(fmt::memory_buffer& out, std::string_view key, bool json)
{
    out.append(std::string_view(json ? ",\"" : " "));
    out.append(key);
    out.append(std::string_view(json ? "\":" : "="));
}

void append_value(fmt::memory_buffer& out, LogField const& field, bool json)
{
    if (auto const* text = std::get_if<std::string_view>(&field.value)) {
        append_text(out, *text, json);
    } else if (auto const* number = std::get_if<std::int64_t>(&field.value)) {
        fmt::format_to(std::back_inserter(out), "{}", *number);
    } else if (auto const* real = std::get_if<double>(&field.value)) {
        fmt::format_to(std::back_inserter(out), "{:.6g}", *real);
    } else {
        fmt::format_to(std::back_inserter(out), "{}", std::get<bool>(field.value));
    }
}

/// "2026-07-01T01:00:00.123Z"; the part up to the second is made once a second for each thread.
void append_time(fmt::memory_buffer& out)
{
    auto const now = std::chrono::system_clock::now();
    auto const seconds = std::chrono::floor<std::chrono::seconds>(now);
    thread_local std::chrono::sys_seconds last{};
    thread_local std::string text;
    if (seconds != last || text.empty()) {
        text = fmt::format("{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
        last = seconds;
    }
    auto const millis = std::chrono::floor<std::chrono::milliseconds>(now - seconds).count();
    fmt::format_to(std::back_inserter(out), "{}.{:03d}Z", text, millis);
}

} // namespace

void set_up_log(LogConfig const& config)
{
    format_in_use = config.format;
    auto const level = config.level == "debug"   ? Level::debug
                       : config.level == "warn"  ? Level::warn
                       : config.level == "error" ? Level::error
                                                 : Level::info;
    logger().set_level(to_spdlog(level));
}

bool log_enabled(Level level)
{
    return logger().should_log(to_spdlog(level));
}

void log(Level level, std::string_view event, std::initializer_list<LogField> fields)
{
    if (!log_enabled(level))
        return;
    auto const json = format_in_use.load(std::memory_order_relaxed) == LogFormat::json;
    fmt::memory_buffer line;
    line.append(std::string_view(json ? "{\"time\":\"" : "time="));
    append_time(line);
    if (json)
        line.push_back('"');
    append_key(line, "level", json);
    append_text(line, level_name(level), json);
    append_key(line, "event", json);
    append_text(line, event, json);
    for (auto const& field : fields) {
        append_key(line, field.key, json);
        append_value(line, field, json);
    }
    if (json)
        line.push_back('}');
    logger().log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

void flush_log()
{
    logger().flush();
}

} // namespace bot
