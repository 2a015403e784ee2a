#include "fuzz/wecom_targets.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

struct Target {
    char const* name;
    void (*run)(std::string_view);
};

class FuzzCorpus : public testing::TestWithParam<Target> {};

/// Each seed as it is, cut short and with single bytes changed: a broken requirement ends the program.
TEST_P(FuzzCorpus, HoldsWhatMustHold)
{
    auto const folder = std::filesystem::path(YIQI_SOURCE_DIR) / "tests/fuzz/corpus" / GetParam().name;
    int seeds = 0;
    for (auto const& entry : std::filesystem::directory_iterator(folder)) {
        std::ostringstream out;
        out << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        std::string const seed = out.str();
        ++seeds;
        GetParam().run(seed);
        for (std::size_t i = 0; i < seed.size(); i += 1 + seed.size() / 200) {
            GetParam().run(std::string_view(seed).substr(0, i));
            for (char const byte : {'\0', '<', '"', '\\', '\xFF'}) {
                std::string changed = seed;
                changed[i] = byte;
                GetParam().run(changed);
            }
        }
    }
    EXPECT_GE(seeds, 3);
}

INSTANTIATE_TEST_SUITE_P(Wecom, FuzzCorpus,
                         testing::Values(Target{"wecom_app", fuzz::wecom_app}, Target{"wecom_robot", fuzz::wecom_robot},
                                         Target{"wecom_envelope", fuzz::wecom_envelope}, Target{"wecom_frame", fuzz::wecom_frame},
                                         Target{"wecom_answer", fuzz::wecom_answer}),
                         [](auto const& tc) { return std::string(tc.param.name); });

} // namespace
