#include "wecom_seal.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace bench {
namespace {

constexpr std::size_t kBlock = 32;
constexpr std::size_t kHead = 20; // random16 and the length

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

std::vector<unsigned char> crypt(std::array<unsigned char, 32> const& key, std::vector<unsigned char> const& in, bool encrypting)
{
    Context const context(EVP_CIPHER_CTX_new());
    std::vector<unsigned char> out(in.size());
    int length = 0;
    EVP_CipherInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, key.data(), key.data(), encrypting ? 1 : 0);
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    if (EVP_CipherUpdate(context.get(), out.data(), &length, in.data(), static_cast<int>(in.size())) != 1)
        return {};
    return out;
}

std::vector<unsigned char> from_base64(std::string const& text)
{
    std::vector<unsigned char> out(text.size() / 4 * 3);
    auto const length = EVP_DecodeBlock(out.data(), reinterpret_cast<unsigned char const*>(text.data()), static_cast<int>(text.size()));
    if (length < 0)
        return {};
    auto const padding = static_cast<std::size_t>(std::count(text.end() - std::min<std::ptrdiff_t>(2, std::ssize(text)), text.end(), '='));
    out.resize(static_cast<std::size_t>(length) - padding);
    return out;
}

} // namespace

Sealer::Sealer(std::string token, std::string_view encoding_aes_key, std::string receive_id)
    : token_(std::move(token)), receive_id_(std::move(receive_id))
{
    auto const key = from_base64(std::string(encoding_aes_key) + "=");
    if (encoding_aes_key.size() != 43 || key.size() != key_.size())
        throw std::invalid_argument("the EncodingAESKey must have 43 letters and digits");
    std::copy(key.begin(), key.end(), key_.begin());
}

std::string Sealer::encrypt(std::string_view message) const
{
    std::vector<unsigned char> frame(16);
    RAND_bytes(frame.data(), 16);
    for (int shift = 24; shift >= 0; shift -= 8)
        frame.push_back(static_cast<unsigned char>(message.size() >> shift));
    frame.insert(frame.end(), message.begin(), message.end());
    frame.insert(frame.end(), receive_id_.begin(), receive_id_.end());
    auto const pad = kBlock - frame.size() % kBlock;
    frame.insert(frame.end(), pad, static_cast<unsigned char>(pad));
    auto const cipher = crypt(key_, frame, true);
    std::string text((cipher.size() + 2) / 3 * 4 + 1, '\0');
    auto const length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), cipher.data(), static_cast<int>(cipher.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

std::string Sealer::decrypt(std::string_view encrypt) const
{
    auto const cipher = from_base64(std::string(encrypt));
    if (cipher.empty() || cipher.size() % 16 != 0)
        return {};
    auto const frame = crypt(key_, cipher, false);
    if (frame.size() < kHead + 1)
        return {};
    std::size_t size = 0;
    for (std::size_t i = 16; i < kHead; ++i)
        size = size << 8U | frame[i];
    if (size > frame.size() - kHead)
        return {};
    return {frame.begin() + kHead, frame.begin() + static_cast<std::ptrdiff_t>(kHead + size)};
}

std::string Sealer::signature(std::string_view timestamp, std::string_view nonce, std::string_view encrypt) const
{
    std::array<std::string_view, 4> parts{token_, timestamp, nonce, encrypt};
    std::sort(parts.begin(), parts.end());
    std::string joined;
    for (auto const part : parts)
        joined += part;
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<unsigned char const*>(joined.data()), joined.size(), digest.data());
    std::string hex;
    for (auto const byte : digest) {
        hex += "0123456789abcdef"[byte >> 4U];
        hex += "0123456789abcdef"[byte & 15U];
    }
    return hex;
}

} // namespace bench
