#pragma once

#include "storage/verify.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace storage {

/// What a backup says about itself.
struct BackupManifest {
    std::string program; ///< version of the program that wrote it
    std::int64_t schema_version = 0;
    std::int64_t created_at = 0; ///< machine time, microseconds
    std::map<std::string, std::int64_t> rows;
    std::string sha256; ///< of the store's file, hexadecimal
    std::uint64_t size_bytes = 0;
    LedgerHead ledger;
};

/// Backups are single tar files: manifest.json, yiqi.db, SHA256SUMS; `tar xf` and `sha256sum -c` can read them. All functions
/// throw StoreError with one line in Chinese that says what to do, and leave nothing half done behind.

/// Copies the store at `url` ("sqlite:PATH"), which may be in use, into the new file `file` and verifies the copy by opening it.
/// Errors: `file` exists; no room; the copy's books do not add up.
BackupManifest backup(std::string const& url, std::filesystem::path const& file, std::string const& program);

/// Checks a backup whole: sums, manifest, row counts, books.
struct BackupReport {
    BackupManifest manifest;
    BooksReport books;
};
BackupReport verify_backup(std::filesystem::path const& file);

/// Restores into an empty or absent store: extracts beside it, verifies, then renames.
/// Errors: backup damaged or of a newer schema; target holds data or is in use.
BackupManifest restore(std::filesystem::path const& file, std::string const& url);

} // namespace storage
