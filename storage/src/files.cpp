#include "files.hpp"

#include "storage/store.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <utility>

namespace storage {
namespace {

[[noreturn]] void fail(std::filesystem::path const& path, int code)
{
    bool const full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    throw StoreError(full ? StoreFault::full : StoreFault::unreachable, path.string() + ": " + std::strerror(code));
}

} // namespace

void create_private_file(std::filesystem::path const& file)
{
    auto const folder = folder_of(file);
    std::error_code error;
    if (std::filesystem::create_directories(folder, error)) {
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
        sync_to_disk(folder_of(folder));
    }
    if (error)
        fail(folder, error.value());
    int const descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0640);
    if (descriptor < 0)
        fail(file, errno);
    ::close(descriptor);
    sync_to_disk(folder);
}

void sync_to_disk(std::filesystem::path const& path)
{
    int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        fail(path, errno);
    int const code = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (code != 0)
        fail(path, code);
}

void reserve(std::filesystem::path const& file, std::uintmax_t bytes) noexcept
{
    static constexpr std::array<char, 1U << 16U> kZeros{};
    int const descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    auto const before = ::lseek(descriptor, 0, SEEK_END);
    bool whole = before >= 0;
    for (auto end = before; whole && end < static_cast<off_t>(bytes); end += static_cast<off_t>(kZeros.size()))
        whole = ::pwrite(descriptor, kZeros.data(), kZeros.size(), end) == static_cast<ssize_t>(kZeros.size());
    if (!whole && before >= 0 && ::ftruncate(descriptor, before) != 0)
        whole = false; // a longer file is only longer
    ::fsync(descriptor);
    ::close(descriptor);
}

LogFile::LogFile(std::filesystem::path file) : file_(std::move(file)), descriptor_(::open(file_.c_str(), O_RDONLY | O_CLOEXEC))
{
    if (descriptor_ < 0)
        fail(file_, errno);
}

LogFile::~LogFile()
{
    ::close(descriptor_);
}

void LogFile::sync() const
{
    int code = 0;
    do
        code = ::fdatasync(descriptor_) == 0 ? 0 : errno;
    while (code == EINTR);
    if (code != 0)
        throw StoreError(StoreFault::unreachable, file_.string() + ": cannot be brought to the disk: " + std::strerror(code) +
                                                      "; nothing more is recorded until the program is started again");
}

std::filesystem::path folder_of(std::filesystem::path const& file)
{
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

} // namespace storage
