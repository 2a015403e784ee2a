#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// As much of the tar format (POSIX ustar) as a backup needs: plain files by name.
namespace storage::tar {

/// Writes an archive member by member. Errors: StoreError, full or unreachable.
class Writer {
public:
    explicit Writer(std::filesystem::path const& archive);
    void add(std::string_view name, std::string_view content);
    void add_file(std::string_view name, std::filesystem::path const& file);
    /// Writes the end mark and syncs.
    void finish();

private:
    void header(std::string_view name, std::uint64_t size);
    void pad(std::uint64_t size);
    void check();

    std::filesystem::path path_;
    std::ofstream out_;
};

struct Member {
    std::string name;
    std::uint64_t offset = 0; ///< of the content
    std::uint64_t size = 0;
};

/// The members of an archive. Errors: StoreError corrupt when it is no such archive, is cut short or a header is damaged.
std::vector<Member> members(std::filesystem::path const& archive);

/// Hands over the content of a member piece by piece. Errors: StoreError corrupt when it is cut short.
void read(std::filesystem::path const& archive, Member const& member, std::function<void(std::string_view)> const& take);

} // namespace storage::tar
