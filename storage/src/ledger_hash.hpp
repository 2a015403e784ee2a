#pragma once

#include "storage/ledger.hpp"

#include <string>
#include <string_view>

namespace storage {

/// Hash before the first entry.
inline constexpr std::string_view kLedgerStart = "0000000000000000000000000000000000000000000000000000000000000000";
/// Kind of the entry that says private payloads were erased.
inline constexpr std::string_view kPrivateErased = "private_erased";

/// The public columns of an entry, as they are hashed.
struct HashedColumns {
    std::int64_t seq = 0;
    std::int64_t at = 0;
    std::string_view community;
    std::string_view kind;
    std::int64_t ref_no = 0;
    std::string_view payload;
    std::string_view private_digest;
};

/// The hash of an entry after one with hash `before`, as ledger.hpp describes it.
std::string entry_hash(std::string_view before, HashedColumns const& entry);

/// Payload of the entry that says the private payloads of entries of `kind` were erased.
std::string erased_payload(std::string_view kind);

/// SHA-256 of the salt (32 hexadecimal digits, hashed as the 16 bytes they stand for) and the private payload. Empty when the
/// salt is not of that form.
std::string private_digest(std::string_view salt_hex, std::string_view payload);

} // namespace storage
