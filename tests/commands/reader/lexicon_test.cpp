#include "commands/reader/lexicon.hpp"
#include "commands/reader/reader.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using commands::reader::LexiconError;

class LexiconFiles : public testing::Test {
protected:
    void SetUp() override
    {
        directory_ = fs::temp_directory_path() / ("yiqi-lexicon-" + std::to_string(::getpid()));
        fs::create_directories(directory_);
        for (auto const& file : fs::directory_iterator(fs::path(YIQI_SOURCE_DIR) / "commands/lexicon"))
            fs::copy_file(file.path(), directory_ / file.path().filename(), fs::copy_options::overwrite_existing);
    }
    void TearDown() override { fs::remove_all(directory_); }

    std::string error_of() const
    {
        try {
            (void)commands::reader::load_lexicon(directory_);
        } catch (LexiconError const& e) {
            return e.what();
        }
        return {};
    }
    void add(std::string const& text) const { std::ofstream(directory_ / "extra.toml") << text; }

    fs::path directory_;
};

TEST_F(LexiconFiles, TheShippedOnesLoad)
{
    EXPECT_EQ(error_of(), "");
}

TEST_F(LexiconFiles, ErrorsNameFileLineAndKey)
{
    add("\n[unknown_words]\nwords = [\"a\"]\n");
    EXPECT_THAT(error_of(), testing::AllOf(testing::HasSubstr("extra.toml:2"), testing::HasSubstr("unknown_words")));
    add("[[rule]]\nis = \"a.b\"\nany = [\"x\"]\nurgency = \"soon\"\n");
    EXPECT_THAT(error_of(), testing::AllOf(testing::HasSubstr("extra.toml:4"), testing::HasSubstr("urgency")));
    add("[[rule]]\nis = \"a.b\"\nany = [\"x\", 3]\n");
    EXPECT_THAT(error_of(), testing::AllOf(testing::HasSubstr("extra.toml:3"), testing::HasSubstr("any")));
    add("[[rule]]\nis = \"a.b\"\nany = [\"@nobody\"]\n");
    EXPECT_THAT(error_of(), testing::HasSubstr("@nobody"));
    add("[choice]\nfor = [\"x\"]\n");
    EXPECT_THAT(error_of(), testing::HasSubstr("second time"));
    add("this is no toml");
    EXPECT_THAT(error_of(), testing::HasSubstr("extra.toml:1"));
}

TEST_F(LexiconFiles, ListsAreSharedByNameAndPatternsAreWrittenOut)
{
    add("[set]\nsnow = [\"雪{崩|塌}\"]\n[[rule]]\nis = \"public_safety.rescue\"\ndanger = true\nany = [\"@snow\", \"冰崩\"]\n");
    EXPECT_EQ(error_of(), "");
    commands::reader::Reader const reader(commands::reader::load_lexicon(directory_), {});
    for (auto const* text : {"村口雪崩！", "村口雪塌！", "村口冰崩！"})
        EXPECT_EQ(reader.read(text, {}).readings.front().args.text("urgency"), "critical") << text;
    add("[set]\nsnow = [\"a\"]\nfrail = [\"b\"]\n");
    EXPECT_THAT(error_of(), testing::AllOf(testing::HasSubstr("frail"), testing::HasSubstr("second time")));
}

TEST_F(LexiconFiles, AMissingKeyIsNamed)
{
    fs::remove(directory_ / "choices.toml");
    EXPECT_THAT(error_of(), testing::HasSubstr("no file has the key"));
    EXPECT_THROW((void)commands::reader::load_lexicon(directory_ / "nowhere"), LexiconError);
}

} // namespace
