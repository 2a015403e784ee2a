#include "text/json_writer.hpp"

#include "text/utf8.hpp"

#include <algorithm>

namespace adapters::text {

void JsonWriter::next(std::string_view key)
{
    if (!first_)
        out_ += ',';
    first_ = false;
    if (!key.empty()) {
        out_ += '"';
        out_ += key; // ours, plain ASCII
        out_ += "\":";
    }
}

void JsonWriter::quoted(std::string_view value)
{
    out_ += '"';
    auto const plain = [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && static_cast<unsigned char>(c) < 0x7F;
    };
    if (std::all_of(value.begin(), value.end(), plain)) {
        out_ += value;
    } else {
        for (char const c : cleaned(value)) {
            switch (c) {
            case '"': out_ += "\\\""; break;
            case '\\': out_ += "\\\\"; break;
            case '\n': out_ += "\\n"; break;
            case '\t': out_ += "\\t"; break;
            default: out_ += c;
            }
        }
    }
    out_ += '"';
}

JsonWriter& JsonWriter::open(std::string_view key, char bracket)
{
    next(key);
    out_ += bracket;
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket)
{
    out_ += bracket;
    first_ = false;
    return *this;
}

JsonWriter& JsonWriter::member(std::string_view key, std::string_view value)
{
    next(key);
    quoted(value);
    return *this;
}

JsonWriter& JsonWriter::number(std::string_view key, std::int64_t value)
{
    next(key);
    out_ += std::to_string(value);
    return *this;
}

JsonWriter& JsonWriter::boolean(std::string_view key, bool value)
{
    next(key);
    out_ += value ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::element(std::string_view value)
{
    next({});
    quoted(value);
    return *this;
}

} // namespace adapters::text
