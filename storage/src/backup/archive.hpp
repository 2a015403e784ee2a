#pragma once

#include "storage/backup.hpp"

#include <filesystem>
#include <string>

namespace storage {

/// JSON of a manifest, and back. Errors of the latter: StoreError corrupt.
std::string to_json(BackupManifest const& manifest);
BackupManifest manifest_from_json(std::string const& text);

/// Rows of every table, by name.
std::map<std::string, std::int64_t> count_rows(Database& db);

/// Writes the archive and syncs it.
void write_archive(std::filesystem::path const& archive, BackupManifest const& manifest, std::filesystem::path const& database);

/// Reads the manifest and extracts the store to `database`, comparing every sum. Errors: StoreError corrupt, full, unreachable.
BackupManifest read_archive(std::filesystem::path const& archive, std::filesystem::path const& database);

std::string sha256_of_file(std::filesystem::path const& file);

} // namespace storage
