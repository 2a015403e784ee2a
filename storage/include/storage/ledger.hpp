#pragma once

#include "governance/ids.hpp"
#include "governance/time.hpp"
#include "storage/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// What is to be entered. Corrections are entries of their own that name the old one. Source: design.md 1 (5), domain.md 3.7.
struct NewEntry {
    governance::Instant at;            ///< procedure time
    governance::CommunityId community; ///< empty: concerns the installation
    std::string_view kind;             ///< snake_case: ballot_cast, stage_entered
    governance::RefNo ref_no;          ///< 0: none
    std::string_view payload;          ///< JSON without personal data; published
    std::string_view private_payload;  ///< JSON that may hold person ids and choices; empty: none. Never published, may be erased later
};

/// Size of the ledger and hash of its last entry, 64 hexadecimal digits (all 0 when empty).
struct LedgerHead {
    std::int64_t size = 0;
    std::string hash;
    friend bool operator==(LedgerHead const&, LedgerHead const&) = default;
};

/// An entry as anybody may see it.
struct PublishedEntry {
    std::int64_t seq = 0;
    governance::Instant at;
    governance::CommunityId community;
    std::string kind;
    governance::RefNo ref_no;
    std::string payload;
    std::string private_digest; ///< SHA-256 of salt and private payload, hexadecimal; empty when there never was one
    std::string hash;
};

/// The append-only books: one chain over all entries of all communities. The hash of an entry is SHA-256 over netstrings
/// ("5:yiqi1,") of: yiqi1, hash of the entry before (64 zeros for the first), seq, at (microseconds), community, kind, ref_no,
/// payload, private_digest; numbers in decimal. So published entries can be checked by anybody without the private parts, and
/// private parts can be erased without breaking the chain. See docs/ledger.md.
class Ledger {
public:
    explicit Ledger(Database& db) : db_(db) {}

    /// Appends; returns the seq, from 1.
    std::int64_t append(NewEntry const& entry);
    LedgerHead head();
    /// Entries with seq > after, oldest first.
    std::vector<PublishedEntry> entries(std::int64_t after, std::int64_t limit);
    /// Those of one matter.
    std::vector<PublishedEntry> history(governance::CommunityId const& community, governance::RefNo ref_no, std::int64_t after,
                                        std::int64_t limit);
    /// The private payload; null when there was none or it was erased.
    std::optional<std::string> private_payload(std::int64_t seq);
    /// Erases the private payloads of a matter's entries of one kind and enters that this was done (kind private_erased); returns
    /// how many. Nothing to erase: no entry. Source: domain.md 14.3 (a single ballot is kept one year after the result).
    std::int64_t erase_private(governance::CommunityId const& community, governance::RefNo ref_no, std::string_view kind,
                               governance::Instant at);

private:
    Database& db_;
};

/// Outcome of checking the chain.
struct LedgerCheck {
    LedgerHead head;          ///< of the entries found good
    std::int64_t bad_seq = 0; ///< first bad entry; 0: all good
    std::string fault;        ///< one line in Chinese that names the entry and what is wrong; empty: all good
    [[nodiscard]] bool ok() const { return fault.empty(); }
};

/// Checks every entry against the chain, every private payload against its digest, and the end against the head that is kept apart
/// (and against `published`, a head seen earlier, where given). Names the first bad entry.
LedgerCheck verify_ledger(Database& db, std::optional<LedgerHead> const& published = std::nullopt);

} // namespace storage
