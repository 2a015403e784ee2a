#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// Callback cryptography of WeCom (wecom.md 1.1 to 1.4). Used by the channels, and by what signs callbacks: doctor, load generators.
namespace adapters::wecom {

/// Where a check failed; the values are the codes of Tencent's sample libraries.
enum class CryptoError {
    bad_signature = -40001,
    bad_key = -40004,
    bad_receive_id = -40005,
    bad_cipher = -40007, ///< length not a multiple of the cipher block
    bad_frame = -40008,  ///< empty, padding, or lengths that do not fit
    bad_base64 = -40010,
};

/// The three values of a signed text besides the text itself, percent-decoded.
struct Signed {
    std::string_view signature; ///< 40 lower-case hex digits
    std::string_view timestamp;
    std::string_view nonce;
};

using AesKey = std::array<unsigned char, 32>;

/// Fills 16 unpredictable bytes; replaced in tests only.
using Random16 = std::function<void(std::array<unsigned char, 16>&)>;

/// Keys of one callback address. Safe to use from several threads at once.
class Crypto {
public:
    /// `receive_id` is the corp_id for an app and empty for a smart robot. Throws std::invalid_argument for a malformed key.
    Crypto(std::string token, std::string_view encoding_aes_key, std::string receive_id, Random16 random = {});

    /// Verifies the signature over `encrypt` in constant time, decrypts, checks padding, lengths and receiveid; the message.
    [[nodiscard]] std::variant<std::string, CryptoError> open(Signed const& request, std::string_view encrypt) const;

    /// Encrypts a message; base64.
    [[nodiscard]] std::string seal(std::string_view message) const;

    /// Signature over a base64 text: 40 lower-case hex digits.
    [[nodiscard]] std::string sign(std::string_view timestamp, std::string_view nonce, std::string_view encrypt) const;

    [[nodiscard]] AesKey const& key() const { return key_; }

private:
    std::string token_;
    AesKey key_{};
    std::string receive_id_;
    Random16 random_;
};

/// The 32 bytes of an EncodingAESKey: exactly 43 letters and digits; the two spare bits of the last are ignored, as Tencent issues keys
/// in which they are set.
std::optional<AesKey> decode_key(std::string_view encoding_aes_key);

/// Decrypts a file that a smart robot's message links to: no frame, only padding (wecom.md 3A.3).
std::variant<std::string, CryptoError> open_media(AesKey const& key, std::string cipher);

} // namespace adapters::wecom
