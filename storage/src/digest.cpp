#include "digest.hpp"

#include "storage/store.hpp"

#include <algorithm>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <stdexcept>

namespace storage {
namespace {

/// Looked up once: fetching an algorithm costs more than using it on a short text.
EVP_MD const* algorithm()
{
    static EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    if (fetched == nullptr)
        throw std::runtime_error("OpenSSL has no SHA-256");
    return fetched;
}

EVP_MD_CTX* context_of(void* context)
{
    return static_cast<EVP_MD_CTX*>(context);
}

} // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new())
{
    if (context_ == nullptr || EVP_DigestInit_ex2(context_of(context_), algorithm(), nullptr) != 1)
        throw std::runtime_error("OpenSSL: SHA-256");
}

Sha256::~Sha256()
{
    EVP_MD_CTX_free(context_of(context_));
}

Sha256& Sha256::add(std::string_view bytes)
{
    EVP_DigestUpdate(context_of(context_), bytes.data(), bytes.size());
    return *this;
}

std::string Sha256::hex()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(context_of(context_), digest.data(), &size) != 1 ||
        EVP_DigestInit_ex2(context_of(context_), algorithm(), nullptr) != 1)
        throw std::runtime_error("OpenSSL: SHA-256");
    return to_hex(digest.data(), size);
}

std::string sha256_hex(std::string_view bytes)
{
    thread_local Sha256 hasher;
    return hasher.add(bytes).hex();
}

std::array<unsigned char, 16> random_salt()
{
    // Drawn in advance: the generator looks at every call whether the process was forked, which costs more than the bytes.
    thread_local std::array<unsigned char, 4096> drawn{};
    thread_local std::size_t used = drawn.size();
    if (used == drawn.size()) {
        if (RAND_bytes(drawn.data(), static_cast<int>(drawn.size())) != 1)
            throw std::runtime_error("OpenSSL: no random bytes");
        used = 0;
    }
    std::array<unsigned char, 16> salt{};
    auto const from = drawn.begin() + static_cast<std::ptrdiff_t>(used);
    std::copy_n(from, salt.size(), salt.begin());
    std::fill_n(from, salt.size(), static_cast<unsigned char>(0)); // erasing a salt must erase it
    used += salt.size();
    return salt;
}

std::string to_hex(unsigned char const* bytes, std::size_t count)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(2 * count, '0');
    for (std::size_t i = 0; i < count; ++i) {
        text[2 * i] = kDigits[bytes[i] >> 4U];
        text[2 * i + 1] = kDigits[bytes[i] & 0xfU];
    }
    return text;
}

std::string from_hex(std::string_view text)
{
    auto const digit = [](char c) -> unsigned {
        if (c >= '0' && c <= '9')
            return static_cast<unsigned>(c - '0');
        if (c >= 'a' && c <= 'f')
            return static_cast<unsigned>(c - 'a') + 10;
        throw StoreError(StoreFault::corrupt, "not hexadecimal");
    };
    if (text.size() % 2 != 0)
        throw StoreError(StoreFault::corrupt, "half a byte in hexadecimal");
    std::string bytes(text.size() / 2, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(digit(text[2 * i]) << 4U | digit(text[2 * i + 1]));
    return bytes;
}

} // namespace storage
