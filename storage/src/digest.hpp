#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace storage {

/// SHA-256 in hexadecimal, of what was given piece by piece.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256 const&) = delete;
    Sha256& operator=(Sha256 const&) = delete;
    Sha256& add(std::string_view bytes);
    /// The digest of what was added since construction or the last call.
    std::string hex();

private:
    void* context_;
};

std::string sha256_hex(std::string_view bytes);

/// Unpredictable bytes. Errors: std::runtime_error when the machine has none.
std::array<unsigned char, 16> random_salt();

std::string to_hex(unsigned char const* bytes, std::size_t count);
/// What to_hex() wrote. Errors: StoreFault::corrupt.
std::string from_hex(std::string_view text);

} // namespace storage
