#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace adapters::text {

/// Writes JSON front to back without building a tree. Non-ASCII goes out as raw UTF-8 (WeCom refuses \uXXXX, wecom.md 4). Strings are
/// cleaned() first, so the output is always valid. The caller closes what it opens.
class JsonWriter {
public:
    JsonWriter& begin_object(std::string_view key = {}) { return open(key, '{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array(std::string_view key = {}) { return open(key, '['); }
    JsonWriter& end_array() { return close(']'); }
    /// A member of the open object.
    JsonWriter& member(std::string_view key, std::string_view value);
    JsonWriter& number(std::string_view key, std::int64_t value);
    JsonWriter& boolean(std::string_view key, bool value);
    /// An element of the open array.
    JsonWriter& element(std::string_view value);
    /// The text so far; the writer is empty afterwards.
    std::string take() { return std::move(out_); }

private:
    JsonWriter& open(std::string_view key, char bracket);
    JsonWriter& close(char bracket);
    void next(std::string_view key);
    void quoted(std::string_view value);

    std::string out_;
    bool first_ = true;
};

} // namespace adapters::text
