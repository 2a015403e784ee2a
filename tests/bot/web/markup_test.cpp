#include "bot/web/markup.hpp"
#include "bot/web/query.hpp"

#include <string>

namespace bot {
namespace {

TEST(Markup, EscapesEveryValue)
{
    Markup markup;
    markup << "<p title=\""_html << std::string("a\"b'c") << "\">"_html << std::string("<script>alert(1)</script>&amp;") << "</p>"_html
           << 12;
    EXPECT_EQ(markup.take(), "<p title=\"a&quot;b&#39;c\">&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;</p>12");
}

TEST(Markup, APartIsNotEscapedTwice)
{
    Markup part;
    part << "<b>"_html
         << "1 < 2"
         << "</b>"_html;
    Markup whole;
    whole << part;
    EXPECT_EQ(whole.take(), "<b>1 &lt; 2</b>");
}

TEST(Markup, LeavesOutControlCharacters)
{
    EXPECT_EQ(escape_html(std::string("a\0b\x1b[31m\nc\x7f", 11)), "ab[31m\nc");
}

TEST(Query, ReadsAndChecks)
{
    Query const query("limit=20&state=voting&q=%E8%AE%AE+x");
    EXPECT_EQ(query.integer("limit", 5, 1, 100), 20);
    EXPECT_EQ(query.integer("other", 5, 1, 100), 5);
    EXPECT_EQ(query.text("state"), "voting");
    EXPECT_EQ(query.text("q"), "议 x");
    EXPECT_THROW(query.allow_only({"limit"}), BadRequest);
    EXPECT_NO_THROW(query.allow_only({"limit", "state", "q"}));
}

struct BadQuery {
    char const* name;
    char const* raw;
};
class QueryRefuses : public testing::TestWithParam<BadQuery> {};

TEST_P(QueryRefuses, WhatIsNoNumberOrText)
{
    EXPECT_THROW(
        {
            Query const query(GetParam().raw);
            static_cast<void>(query.integer("n", 1, 1, 100));
            static_cast<void>(query.text("t", 8));
        },
        BadRequest);
}

INSTANTIATE_TEST_SUITE_P(Table, QueryRefuses,
                         testing::Values(BadQuery{"twice", "n=1&n=2"}, BadQuery{"zero", "n=0"}, BadQuery{"large", "n=101"},
                                         BadQuery{"huge", "n=99999999999999999999"}, BadQuery{"letters", "n=1x"}, BadQuery{"empty", "n="},
                                         BadQuery{"signed", "n=+1"}, BadQuery{"long_text", "t=123456789"}, BadQuery{"nul", "t=a%00b"},
                                         BadQuery{"no_utf8", "t=%ff"}, BadQuery{"overlong", "t=%c0%80"}, BadQuery{"half", "t=%e8%ae"},
                                         BadQuery{"surrogate", "t=%ed%a0%80"}),
                         [](auto const& tc) { return std::string(tc.param.name); });

} // namespace
} // namespace bot
