#pragma once

#include "commands/reader/context.hpp"
#include "commands/reader/gazetteer.hpp"
#include "commands/reader/lexicon.hpp"
#include "commands/reader/reading.hpp"

#include <memory>
#include <string_view>

namespace commands::reader {

struct Scan;

/// The part of reading that needs the text alone. Immutable and cheap to copy; may be made on one thread and read on another.
class Prepared {
public:
    explicit Prepared(std::shared_ptr<Scan const> scan) : scan_(std::move(scan)) {}
    [[nodiscard]] Scan const& scan() const { return *scan_; }
    /// Characters and words touched while preparing; for tests that the time is linear.
    [[nodiscard]] std::size_t work() const;
    /// Characters that are read, after hygiene and the limit.
    [[nodiscard]] std::size_t length() const;

private:
    std::shared_ptr<Scan const> scan_;
};

/// Longest text that is looked at, in bytes; what follows is not read. Longer messages are no commands.
inline constexpr std::size_t kReadLimitBytes = 16'384;

/// Reads what people write into what they want. Pure and thread-safe: the same text and context give the same result, nothing is
/// remembered, nothing is performed. Accepts any bytes, in time linear in their number.
class Reader {
public:
    /// Builds its tables; takes some ten milliseconds.
    Reader(Lexicon lexicon, Gazetteer gazetteer);
    ~Reader();
    Reader(Reader const&) = delete;
    Reader& operator=(Reader const&) = delete;

    /// Hygiene (domain.md 3.8), words, numbers and places: everything that does not depend on the context.
    [[nodiscard]] Prepared prepare(std::string_view text) const;
    /// Applies the trigger policy T1 to T21 (domain.md 15.4).
    [[nodiscard]] Result read(Prepared const& prepared, Context const& context) const;
    [[nodiscard]] Result read(std::string_view text, Context const& context) const { return read(prepare(text), context); }
    /// The places named in `text`, as for a labelled line or a form field.
    [[nodiscard]] Address read_address(std::string_view text) const;

private:
    struct Tables;
    std::unique_ptr<Tables const> tables_;
};

} // namespace commands::reader
