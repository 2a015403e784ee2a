#include "tar.hpp"

#include "storage/store.hpp"

#include "../files.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace storage::tar {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kPiece = 1U << 18U;
constexpr std::size_t kMaxMembers = 16; ///< a backup has three

using Block = std::array<char, kBlock>;

// Where ustar keeps its fields.
constexpr std::size_t kNameBytes = 100;
constexpr std::size_t kMode = 100;
constexpr std::size_t kOwner = 108;
constexpr std::size_t kGroup = 116;
constexpr std::size_t kSize = 124;
constexpr std::size_t kTime = 136;
constexpr std::size_t kSum = 148;
constexpr std::size_t kType = 156;
constexpr std::size_t kMagic = 257;
constexpr std::size_t kSizeDigits = 11;

void put_octal(Block& block, std::size_t at, std::size_t digits, std::uint64_t value)
{
    for (std::size_t i = digits; i-- > 0; value /= 8)
        block[at + i] = static_cast<char>('0' + value % 8);
}

std::uint64_t sum_of(Block block)
{
    std::fill_n(block.begin() + kSum, 8, ' ');
    std::uint64_t sum = 0;
    for (char const c : block)
        sum += static_cast<unsigned char>(c);
    return sum;
}

std::uint64_t octal(Block const& block, std::size_t at, std::size_t digits)
{
    std::uint64_t value = 0;
    auto const* begin = block.data() + at;
    auto const parsed = std::from_chars(begin, begin + digits, value, 8);
    if (parsed.ec != std::errc() || parsed.ptr == begin)
        throw StoreError(StoreFault::corrupt, "备份文件已损坏：目录块读不懂");
    return value;
}

std::uint64_t padded(std::uint64_t size)
{
    return (size + kBlock - 1) / kBlock * kBlock;
}

[[noreturn]] void not_a_backup(std::filesystem::path const& archive, std::string const& why)
{
    throw StoreError(StoreFault::corrupt, archive.string() + " 不是完好的备份：" + why);
}

} // namespace

Writer::Writer(std::filesystem::path const& archive) : path_(archive), out_(archive, std::ios::binary | std::ios::trunc)
{
    check();
    std::filesystem::permissions(archive, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

void Writer::add(std::string_view name, std::string_view content)
{
    header(name, content.size());
    out_.write(content.data(), static_cast<std::streamsize>(content.size()));
    pad(content.size());
}

void Writer::add_file(std::string_view name, std::filesystem::path const& file)
{
    auto const size = std::filesystem::file_size(file);
    header(name, size);
    std::ifstream in(file, std::ios::binary);
    std::vector<char> piece(kPiece);
    std::uint64_t copied = 0;
    while (copied < size && in.read(piece.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(kPiece, size - copied)))) {
        out_.write(piece.data(), in.gcount());
        copied += static_cast<std::uint64_t>(in.gcount());
    }
    if (copied != size)
        throw StoreError(StoreFault::unreachable, file.string() + " 读不完整");
    pad(size);
}

void Writer::finish()
{
    Block const empty{};
    out_.write(empty.data(), kBlock).write(empty.data(), kBlock);
    out_.close();
    check();
    sync_to_disk(path_);
}

void Writer::header(std::string_view name, std::uint64_t size)
{
    Block block{};
    std::copy_n(name.begin(), std::min(name.size(), kNameBytes - 1), block.begin());
    put_octal(block, kMode, 7, 0600);
    put_octal(block, kOwner, 7, 0);
    put_octal(block, kGroup, 7, 0);
    if (size >> (3 * kSizeDigits) != 0)
        throw StoreError(StoreFault::other, "数据库超过 8 GiB，单个备份文件放不下");
    put_octal(block, kSize, kSizeDigits, size);
    put_octal(block, kTime, kSizeDigits, 0);
    block[kType] = '0';
    std::memcpy(block.data() + kMagic, "ustar\00000", 8);
    put_octal(block, kSum, 6, sum_of(block));
    block[kSum + 7] = ' ';
    out_.write(block.data(), kBlock);
}

void Writer::pad(std::uint64_t size)
{
    Block const empty{};
    out_.write(empty.data(), static_cast<std::streamsize>(padded(size) - size));
    check();
}

void Writer::check()
{
    if (!out_)
        throw StoreError(StoreFault::full, path_.string() + " 写不进去：磁盘已满或没有权限");
}

std::vector<Member> members(std::filesystem::path const& archive)
{
    std::ifstream in(archive, std::ios::binary);
    if (!in)
        throw StoreError(StoreFault::unreachable, archive.string() + " 打不开");
    auto const length = std::filesystem::file_size(archive);
    std::vector<Member> found;
    std::uint64_t at = 0;
    while (true) {
        Block block{};
        in.seekg(static_cast<std::streamoff>(at));
        if (!in.read(block.data(), kBlock))
            not_a_backup(archive, "文件不完整");
        if (block == Block{})
            return found;
        if (std::string_view(block.data() + kMagic, 5) != "ustar" || octal(block, kSum, 6) != sum_of(block) || found.size() == kMaxMembers)
            not_a_backup(archive, "目录块被改动");
        Member member{std::string(block.data(), strnlen(block.data(), kNameBytes)), at + kBlock, octal(block, kSize, kSizeDigits)};
        if (member.size > length || member.offset + padded(member.size) > length)
            not_a_backup(archive, "文件不完整");
        at = member.offset + padded(member.size);
        Block rest{};
        in.seekg(static_cast<std::streamoff>(member.offset + member.size));
        if (!in.read(rest.data(), static_cast<std::streamsize>(at - member.offset - member.size)) || rest != Block{})
            not_a_backup(archive, "内容之间被改动");
        found.push_back(std::move(member));
    }
}

void read(std::filesystem::path const& archive, Member const& member, std::function<void(std::string_view)> const& take)
{
    std::ifstream in(archive, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(member.offset));
    std::vector<char> piece(kPiece);
    for (auto left = member.size; left > 0;) {
        auto const wanted = std::min<std::uint64_t>(left, kPiece);
        if (!in.read(piece.data(), static_cast<std::streamsize>(wanted)))
            not_a_backup(archive, "文件不完整");
        take({piece.data(), static_cast<std::size_t>(wanted)});
        left -= wanted;
    }
}

} // namespace storage::tar
