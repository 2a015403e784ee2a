#include "fuzz/wecom_targets.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    fuzz::wecom_app({reinterpret_cast<char const*>(data), size});
    return 0;
}
