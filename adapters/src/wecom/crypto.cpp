#include "adapters/wecom/crypto.hpp"

#include "text/base64.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdexcept>

namespace adapters::wecom {

namespace {

constexpr std::size_t kPadBlock = 32; // not the 16 of AES: wecom.md 1.3
constexpr std::size_t kHeader = 20;   // random16 and the length
constexpr std::size_t kSignatureLength = 40;

struct Free {
    void operator()(EVP_CIPHER* p) const { EVP_CIPHER_free(p); }
    void operator()(EVP_MD* p) const { EVP_MD_free(p); }
    void operator()(EVP_CIPHER_CTX* p) const { EVP_CIPHER_CTX_free(p); }
    void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
};

template <class T>
using Owned = std::unique_ptr<T, Free>;

[[noreturn]] void fail(char const* what)
{
    throw std::runtime_error(std::string("OpenSSL: ") + what);
}

/// Looked up once: an implicit fetch at every message costs more than the cipher itself.
EVP_CIPHER const* aes256cbc()
{
    static Owned<EVP_CIPHER> const cipher(EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr));
    return cipher ? cipher.get() : (fail("no AES-256-CBC"), nullptr);
}

EVP_MD const* sha1()
{
    static Owned<EVP_MD> const digest(EVP_MD_fetch(nullptr, "SHA1", nullptr));
    return digest ? digest.get() : (fail("no SHA1"), nullptr);
}

/// AES-256-CBC in place, library padding off; the length is a multiple of 16. The IV is the beginning of the key.
void transform(std::string& bytes, AesKey const& key, bool encrypt)
{
    thread_local Owned<EVP_CIPHER_CTX> const context(EVP_CIPHER_CTX_new());
    if (!context || bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()) ||
        EVP_CipherInit_ex2(context.get(), aes256cbc(), key.data(), key.data(), encrypt ? 1 : 0, nullptr) != 1)
        fail("cipher");
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    auto* const data = reinterpret_cast<unsigned char*>(bytes.data());
    int length = 0;
    if (EVP_CipherUpdate(context.get(), data, &length, data, static_cast<int>(bytes.size())) != 1 ||
        static_cast<std::size_t>(length) != bytes.size())
        fail("cipher");
}

/// Removes PKCS#7 padding to 32 bytes, all of its bytes checked.
bool unpad(std::string& bytes)
{
    if (bytes.empty())
        return false;
    auto const count = static_cast<std::size_t>(static_cast<unsigned char>(bytes.back()));
    if (count < 1 || count > kPadBlock || count > bytes.size())
        return false;
    auto const first = bytes.end() - static_cast<std::ptrdiff_t>(count);
    if (!std::all_of(first, bytes.end(), [last = bytes.back()](char c) { return c == last; }))
        return false;
    bytes.resize(bytes.size() - count);
    return true;
}

void pad(std::string& bytes)
{
    std::size_t const count = kPadBlock - bytes.size() % kPadBlock;
    bytes.append(count, static_cast<char>(count));
}

std::uint64_t big_endian32(std::string_view s)
{
    std::uint64_t value = 0;
    for (char const c : s.substr(0, 4))
        value = value << 8U | static_cast<unsigned char>(c);
    return value;
}

bool same(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// From bytes drawn in advance: the generator looks at every call whether the process was forked, which costs more than the bytes.
void draw_random(std::array<unsigned char, 16>& bytes)
{
    thread_local std::array<unsigned char, 4096> drawn{};
    thread_local std::size_t used = drawn.size();
    if (used == drawn.size()) {
        if (RAND_bytes(drawn.data(), static_cast<int>(drawn.size())) != 1)
            fail("RAND_bytes");
        used = 0;
    }
    std::copy_n(drawn.begin() + static_cast<std::ptrdiff_t>(used), bytes.size(), bytes.begin());
    used += bytes.size();
}

} // namespace

std::optional<AesKey> decode_key(std::string_view encoding_aes_key)
{
    auto const legal = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    if (encoding_aes_key.size() != 43 || !std::all_of(encoding_aes_key.begin(), encoding_aes_key.end(), legal))
        return std::nullopt;
    auto const bytes = text::base64_decode(std::string(encoding_aes_key) + "=");
    AesKey key{};
    if (!bytes || bytes->size() != key.size())
        return std::nullopt;
    std::transform(bytes->begin(), bytes->end(), key.begin(), [](char c) { return static_cast<unsigned char>(c); });
    return key;
}

Crypto::Crypto(std::string token, std::string_view encoding_aes_key, std::string receive_id, Random16 random)
    : token_(std::move(token)), receive_id_(std::move(receive_id)), random_(std::move(random))
{
    auto const key = decode_key(encoding_aes_key);
    if (!key)
        throw std::invalid_argument("encoding_aes_key must be 43 letters and digits");
    key_ = *key;
    if (!random_)
        random_ = draw_random;
}

std::string Crypto::sign(std::string_view timestamp, std::string_view nonce, std::string_view encrypt) const
{
    std::array<std::string_view, 4> parts{token_, timestamp, nonce, encrypt};
    std::sort(parts.begin(), parts.end());
    thread_local Owned<EVP_MD_CTX> const context(EVP_MD_CTX_new());
    if (!context || EVP_DigestInit_ex2(context.get(), sha1(), nullptr) != 1)
        fail("digest");
    for (auto const part : parts) {
        if (EVP_DigestUpdate(context.get(), part.data(), part.size()) != 1)
            fail("digest");
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_DigestFinal_ex(context.get(), digest.data(), &length) != 1)
        fail("digest");
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string hex(kSignatureLength, '0');
    for (std::size_t i = 0; i < hex.size(); ++i) {
        unsigned const byte = digest[i / 2];
        hex[i] = kHex[i % 2 == 0 ? byte >> 4U : byte & 0xFU];
    }
    return hex;
}

std::variant<std::string, CryptoError> Crypto::open(Signed const& request, std::string_view encrypt) const
{
    if (!same(sign(request.timestamp, request.nonce, encrypt), request.signature))
        return CryptoError::bad_signature;
    auto decoded = text::base64_decode(encrypt);
    if (!decoded)
        return CryptoError::bad_base64;
    std::string frame = std::move(*decoded);
    if (frame.empty())
        return CryptoError::bad_frame;
    if (frame.size() % 16 != 0)
        return CryptoError::bad_cipher;
    transform(frame, key_, false);
    if (!unpad(frame) || frame.size() < kHeader)
        return CryptoError::bad_frame;
    // 64 bits, as a length near 2^32 must not wrap around.
    std::uint64_t const length = big_endian32(std::string_view(frame).substr(16));
    if (kHeader + length > frame.size())
        return CryptoError::bad_frame;
    auto const end = static_cast<std::size_t>(kHeader + length);
    if (!same(std::string_view(frame).substr(end), receive_id_))
        return CryptoError::bad_receive_id;
    frame.resize(end);
    frame.erase(0, kHeader);
    return frame;
}

std::string Crypto::seal(std::string_view message) const
{
    if (message.size() > std::numeric_limits<std::uint32_t>::max() / 2)
        throw std::length_error("message too long to encrypt");
    std::array<unsigned char, 16> random{};
    random_(random);
    std::string frame;
    frame.reserve(kHeader + message.size() + receive_id_.size() + kPadBlock);
    frame.append(random.begin(), random.end());
    for (unsigned shift = 32; shift > 0;) {
        shift -= 8;
        frame += static_cast<char>(message.size() >> shift & 0xFFU);
    }
    frame += message;
    frame += receive_id_;
    pad(frame);
    transform(frame, key_, true);
    return text::base64_encode(frame);
}

std::variant<std::string, CryptoError> open_media(AesKey const& key, std::string cipher)
{
    if (cipher.empty())
        return CryptoError::bad_frame;
    if (cipher.size() % 16 != 0)
        return CryptoError::bad_cipher;
    transform(cipher, key, false);
    if (!unpad(cipher))
        return CryptoError::bad_frame;
    return cipher;
}

} // namespace adapters::wecom
