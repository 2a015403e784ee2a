#include "commands/reader/hygiene.hpp"
#include "commands/reader/score.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using namespace commands::reader;

Context busy_context()
{
    Context c;
    c.chat = Chat::direct;
    c.mention = true;
    c.roles = {"committee_member"};
    c.open_votes = {12, 15};
    c.open_endorse = {8};
    c.pending_rate = {1024};
    c.refs = {{12, {"proposal", "deliberating"}}, {1024, {"report", ""}}, {1, {"whistle", ""}}};
    c.reply_to = ReplyTo{"vote", 15, {"A", "B"}};
    c.pending_question = PendingQuestion{"pick", 3};
    return c;
}

/// Pieces of the language, so that random texts reach deep into the rules.
std::string const& random_piece(std::mt19937_64& rng)
{
    static std::vector<std::string> const pieces{"赞成",   "反对",   "12",      "15",   "号",    "，",       "。",     "\n",
                                                 " ",      "上报",   "附议",    "3栋",  "2单元", "501",      "我",     "我妈",
                                                 "替",     "如果",   "不",      "同意", "撤回",  "积分",     "审议",   "通过",
                                                 "1024",   "P2031",  "T05",     "-",    "+",     "#",        "第",     "十二",
                                                 "着火了", "昨天",   "电梯",    "坏了", "吗",    "?",        "@小邻",  "@",
                                                 "选",     "A",      "方案",    "五星", "60%",   "江南水都", "建设路", "1号",
                                                 "吹哨",   "城管局", "兑换",    "毛巾", "接龙",  "1.",       "质询",   "绑定",
                                                 "：",     "标题：", "&ldquo;", "(",    "qu",    ")",        "\xE8",   "\xF0\x9F\x91\x8D",
                                                 "百",     "千",     "亿",      "分之", "月",    "5月",      "🙏"};
    return pieces[rng() % pieces.size()];
}

TEST(ReaderProperties, NeverFailsOnRandomBytes)
{
    std::uint64_t const seed = 20260701;
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937_64 rng(seed);
    auto const context = busy_context();
    for (int round = 0; round < 400; ++round) {
        std::string text(rng() % 200, '\0');
        for (auto& c : text)
            c = static_cast<char>(rng() & 0xFF);
        auto const result = reader_test::demo_reader().read(text, context);
        EXPECT_FALSE(result.readings.empty());
    }
}

TEST(ReaderProperties, RandomSentencesAreReadTheSameTwiceAndCleanIsIdempotent)
{
    std::uint64_t const seed = 42;
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937_64 rng(seed);
    auto const direct = busy_context();
    Context const group;
    auto const& reader = reader_test::demo_reader();
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (auto n = rng() % 14; n-- > 0;)
            text += random_piece(rng);
        auto const once = clean_text(text).text;
        EXPECT_EQ(clean_text(once).text, once) << text;
        for (auto const* context : {&direct, &group}) {
            auto const prepared = reader.prepare(text);
            auto const result = reader.read(prepared, *context);
            ASSERT_FALSE(result.readings.empty());
            EXPECT_EQ(result, reader.read(text, *context)) << text;
            for (auto const& r : result.readings) {
                EXPECT_EQ(r.mode == Mode::ignore, r.intent == Intent::none) << text;
                EXPECT_EQ(r.mode == Mode::clarify, !r.missing.empty()) << text;
            }
        }
    }
}

TEST(ReaderProperties, WorkGrowsLinearlyWithTheText)
{
    auto const& reader = reader_test::demo_reader();
    for (std::string const piece : {"上报路灯坏了3栋", "赞成12", "火", "&amp;", "区(qu)", "楼道堆杂物", "一二三", "12号"}) {
        auto const work = [&](std::size_t times) {
            std::string text;
            for (std::size_t i = 0; i < times; ++i)
                text += piece;
            return reader.prepare(text).work();
        };
        EXPECT_LE(work(400), 5 * work(100) + 200) << piece;
    }
}

TEST(ReaderProperties, LongTextsAreReadUpToTheLimit)
{
    auto const& reader = reader_test::demo_reader();
    std::string text = "快来人！3栋着火了";
    while (text.size() < 64 * 1024)
        text += "，大家小心点走楼梯";
    auto const result = reader.read(text, busy_context());
    EXPECT_FALSE(result.readings.empty());
    EXPECT_LE(reader.prepare(text).length(), kReadLimitBytes);
}

TEST(ReaderProperties, TruncatedTextsAtEveryByteAreRead)
{
    std::string const text = "上報 三棟二單元五零一門口電線裸露，12號贊成👍";
    for (std::size_t n = 0; n <= text.size(); ++n)
        EXPECT_FALSE(reader_test::demo_reader().read(text.substr(0, n), busy_context()).readings.empty());
}

} // namespace
