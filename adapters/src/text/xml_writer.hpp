#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace adapters::text {

/// Writes XML front to back without building a tree. Text goes into CDATA sections, cleaned() and split where it holds "]]>".
class XmlWriter {
public:
    XmlWriter() { out_.reserve(kUsualBytes); }
    XmlWriter& open(std::string_view name);
    XmlWriter& close(std::string_view name);
    XmlWriter& text(std::string_view name, std::string_view value);
    XmlWriter& number(std::string_view name, std::int64_t value);
    /// The text so far; the writer is empty afterwards.
    std::string take() { return std::move(out_); }

private:
    static constexpr std::size_t kUsualBytes = 1000; ///< of a sealed reply of one sentence
    std::string out_;
};

} // namespace adapters::text
