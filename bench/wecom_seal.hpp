#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

/// Signature and cipher of WeCom callbacks for the load generator, written apart from the program's own so that neither hides a mistake
/// of the other.
namespace bench {

class Sealer {
public:
    /// `encoding_aes_key` has 43 characters. Throws std::invalid_argument when it has not.
    Sealer(std::string token, std::string_view encoding_aes_key, std::string receive_id);

    /// The `Encrypt` text of a plaintext message.
    [[nodiscard]] std::string encrypt(std::string_view message) const;
    /// The plaintext of an `Encrypt` text; empty when it cannot be opened.
    [[nodiscard]] std::string decrypt(std::string_view encrypt) const;
    /// 40 hexadecimal digits.
    [[nodiscard]] std::string signature(std::string_view timestamp, std::string_view nonce, std::string_view encrypt) const;

private:
    std::string token_;
    std::array<unsigned char, 32> key_{};
    std::string receive_id_;
};

} // namespace bench
