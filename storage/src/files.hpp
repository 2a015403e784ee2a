#pragma once

#include <cstdint>
#include <filesystem>

/// What the standard library cannot do with files: making them last, and keeping them private.
namespace storage {

/// Creates the folder (of the owner alone) and the file (not for others) where they are missing: the books hold personal data.
/// Errors: StoreError.
void create_private_file(std::filesystem::path const& file);

/// Waits until a file's content, or the entries of a folder, are on stable storage. Errors: StoreError.
void sync_to_disk(std::filesystem::path const& path);

/// Lets a file grow to `bytes` by writing zeros, so that later writes into it change no metadata; does nothing when it is as long or
/// there is no room.
void reserve(std::filesystem::path const& file, std::uintmax_t bytes) noexcept;

/// An open file that others write to, to be brought to the disk again and again.
class LogFile {
public:
    /// Errors: StoreError when it cannot be opened.
    explicit LogFile(std::filesystem::path file);
    ~LogFile();
    LogFile(LogFile const&) = delete;
    LogFile& operator=(LogFile const&) = delete;

    /// Waits until what was written to it, by whatever descriptor, is on stable storage. Errors: StoreError; what was lost is not known
    /// then, and a later sync that succeeds says nothing about it.
    void sync() const;

private:
    std::filesystem::path const file_;
    int const descriptor_;
};

/// The folder that a file is in, also when its path names none.
std::filesystem::path folder_of(std::filesystem::path const& file);

} // namespace storage
