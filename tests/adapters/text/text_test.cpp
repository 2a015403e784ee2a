#include "text/base64.hpp"
#include "text/json_writer.hpp"
#include "text/shape.hpp"
#include "text/utf8.hpp"
#include "text/xml_writer.hpp"

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

namespace {

using namespace adapters::text;
using namespace std::string_literals;

TEST(Utf8, KnowsWhatIsWellFormed)
{
    for (auto const& good : {""s, "abc"s, "投票"s, "😀"s, "\xED\x9F\xBF"s, "\xEE\x80\x80"s, "\xF4\x8F\xBF\xBF"s, "\x00"s})
        EXPECT_TRUE(is_utf8(good)) << good;
    for (auto const& bad : {"\x80"s, "\xC0\x80"s, "\xC1\xBF"s, "\xE0\x80\x80"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s, "\xF5\x80\x80\x80"s,
                            "\xE6\x8A"s, "a\xE6"s, "\xF0\x9F\x98"s, "\xE6\x8A\x41"s})
        EXPECT_FALSE(is_utf8(bad)) << testing::PrintToString(bad);
}

TEST(Utf8, CutsBetweenCodePoints)
{
    EXPECT_EQ(prefix_bytes("投票", 5), "投");
    EXPECT_EQ(prefix_bytes("投票", 6), "投票");
    EXPECT_EQ(prefix_bytes("投票", 2), "");
    EXPECT_EQ(cut_bytes("投票投票", 12), "投票投票");
    EXPECT_EQ(cut_bytes("投票投票", 11), "投票…");
    EXPECT_EQ(cut_chars("赞成反对弃权", 6), "赞成反对弃权");
    EXPECT_EQ(cut_chars("赞成反对弃权", 5), "赞成反对…");
    EXPECT_EQ(cut_chars("ab", 1), "…");
    EXPECT_EQ(cut_chars("", 1), "");
}

TEST(Utf8, Cleans)
{
    EXPECT_EQ(cleaned("a\r\nb\tc\x07\x7F"), "a\nb\tc");
    EXPECT_EQ(cleaned("a\0b"s), "ab");
    EXPECT_EQ(cleaned("a\xE6\x8A!"), "a\xEF\xBF\xBD!");
    EXPECT_EQ(cleaned("\xEF\xBF\xBE|\xEF\xBF\xBF"), "|");
    EXPECT_EQ(cleaned("\xFF\xFF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Base64, ThereAndBack)
{
    std::string bytes;
    for (int i = 0; i < 300; ++i) {
        EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
        bytes += static_cast<char>(i * 37);
    }
    EXPECT_EQ(base64_encode("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64_encode("fooba"), "Zm9vYmE=");
    EXPECT_EQ(base64_encode("foob"), "Zm9vYg==");
}

TEST(Base64, IsStrict)
{
    for (char const* bad :
         {"A", "AB", "ABC", "AB=C", "A===", "====", "AAAA====", "AA==AAAA", "AAA ", "AA A", "AAA\n", "AAA-", "AA_A", "投投", "AB\x80\xFF"})
        EXPECT_FALSE(base64_decode(bad)) << bad;
    EXPECT_EQ(base64_decode(""), "");
}

TEST(JsonWriter, WritesWhatAParserReads)
{
    JsonWriter out;
    std::string const nasty = "\"\\\n\t\x01</script>投票😀\xFF\0"s;
    out.begin_object().member("a", nasty).number("n", -5).boolean("t", true).boolean("f", false);
    out.begin_array("list").element("x").element("y").begin_object().end_object().end_array();
    out.begin_object("inner").member("k", "v").end_object().begin_array("none").end_array().end_object();
    std::string const text = out.take();
    auto const body = nlohmann::json::parse(text);
    EXPECT_EQ(body, nlohmann::json::parse(R"({"a":"","n":-5,"t":true,"f":false,"list":["x","y",{}],"inner":{"k":"v"},"none":[]})")
                        .patch(nlohmann::json::array({{{"op", "replace"}, {"path", "/a"}, {"value", cleaned(nasty)}}})));
    EXPECT_EQ(text.find("\\u"), std::string::npos);
}

TEST(XmlWriter, WritesWhatAParserReads)
{
    XmlWriter out;
    std::string const nasty = "a]]>b]]]]>>&lt;<c/>\"投票😀\x02";
    out.open("xml").text("A", nasty).number("N", -5).text("E", "").close("xml");
    pugi::xml_document document;
    ASSERT_TRUE(document.load_string(out.take().c_str()));
    std::string read;
    for (auto const part : document.child("xml").child("A").children())
        read += part.value();
    EXPECT_EQ(read, cleaned(nasty));
    EXPECT_STREQ(document.child("xml").child_value("N"), "-5");
    EXPECT_TRUE(document.child("xml").child("E"));
}

TEST(Shape, BoundsJson)
{
    EXPECT_TRUE(json_depth_within(R"({"a":[{"b":"[[[[[[[[{\"["}]})", 3));
    EXPECT_FALSE(json_depth_within(R"({"a":[{"b":1}]})", 2));
    EXPECT_FALSE(json_depth_within(std::string(100'000, '['), 16));
    EXPECT_TRUE(json_depth_within("[][][][][]", 1));
    EXPECT_TRUE(json_depth_within("\"abc\\", 1));
    EXPECT_TRUE(json_depth_within("]]]]", 1));
}

TEST(Shape, BoundsXml)
{
    EXPECT_TRUE(xml_shape_within("<?xml version=\"1.0\"?><xml><!-- <a><b><c> --><a><![CDATA[<x><y><z><!DOCTYPE]]></a><b/></xml>", 2, 3));
    EXPECT_FALSE(xml_shape_within("<xml><a><b></b></a></xml>", 2, 10));
    EXPECT_FALSE(xml_shape_within("<xml><a/><a/></xml>", 2, 2));
    for (char const* bad : {"<!DOCTYPE xml [<!ENTITY e \"x\">]><xml/>", "<xml><!ENTITY a 'b'></xml>", "<xml", "<xml><![CDATA[",
                            "<xml><!-- ", "<xml>\x01</xml>"})
        EXPECT_FALSE(xml_shape_within(bad, 8, 100)) << bad;
    EXPECT_FALSE(xml_shape_within("<xml>\0</xml>"s, 8, 100));
    EXPECT_TRUE(xml_shape_within("", 8, 100));
    EXPECT_TRUE(xml_shape_within("</a></b></c>", 1, 1));
}

} // namespace
