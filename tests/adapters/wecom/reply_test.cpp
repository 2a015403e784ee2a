#include "adapters/wecom/cards.hpp"
#include "text/utf8.hpp"
#include "wecom/outbound.hpp"

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

namespace {

using namespace adapters;
using nlohmann::json;
using wecom::app_reply;
using wecom::robot_reply;

chat::ReplyContext context(char const* purpose)
{
    return {{{"purpose", purpose},
             {"nonce", "n"},
             {"time", "1700000001"},
             {"user", "LiSi"},
             {"task", "vote-42@9"},
             {"key", "cast"},
             {"picked", "yes\n"},
             {"stream", "s1"}}};
}

chat::Reply saying(std::string text)
{
    chat::Reply reply;
    reply.text = std::move(text);
    return reply;
}

chat::Reply showing(chat::Card card)
{
    chat::Reply reply;
    reply.card = std::move(card);
    return reply;
}

chat::Reply changing(chat::Card card, std::string text = "已记：赞成")
{
    chat::Reply reply;
    reply.update = chat::CardUpdate{card.task_id, std::move(text), std::move(card)};
    return reply;
}

/// The <xml> element, with its document kept alive.
struct Xml {
    explicit Xml(std::string const& text) { ok = !text.empty() && document.load_string(text.c_str()); }
    [[nodiscard]] pugi::xml_node root() const { return document.child("xml"); }
    pugi::xml_document document;
    bool ok = false;
};

TEST(AppReply, SaysAText)
{
    Xml const xml(app_reply(context("message"), "ww1", saying("已收到]]>&<b>")).plain);
    ASSERT_TRUE(xml.ok);
    EXPECT_STREQ(xml.root().child_value("ToUserName"), "LiSi");
    EXPECT_STREQ(xml.root().child_value("FromUserName"), "ww1");
    EXPECT_STREQ(xml.root().child_value("CreateTime"), "1700000001");
    EXPECT_STREQ(xml.root().child_value("MsgType"), "text");
    std::string content;
    for (auto const part : xml.root().child("Content").children())
        content += part.value();
    EXPECT_EQ(content, "已收到]]>&<b>");
}

TEST(AppReply, CutsAtTheLimitBetweenCharacters)
{
    std::string text = "x";
    for (int i = 0; i < 1000; ++i)
        text += "票";
    Xml const xml(app_reply(context("message"), "ww1", saying(text)).plain);
    std::string const content = xml.root().child_value("Content");
    EXPECT_LE(content.size(), 2048U);
    EXPECT_GT(content.size(), 2048U - 6);
    EXPECT_TRUE(text::is_utf8(content));
    EXPECT_TRUE(content.ends_with("票…"));
}

TEST(AppReply, LetsNobodyPlantALink)
{
    Xml const xml(app_reply(context("message"), "ww1", saying("<a href=\"https://evil\">点我</a> 3<5")).plain);
    std::string const content = xml.root().child_value("Content");
    EXPECT_EQ(content.find("<a"), std::string::npos);
    EXPECT_NE(content.find("3<5"), std::string::npos);
}

TEST(AppReply, SaysACardInWords)
{
    auto const alone = app_reply(context("message"), "ww1", showing(cards::vote()));
    EXPECT_STREQ(Xml(alone.plain).root().child_value("Content"), cards::vote().fallback.c_str());
    EXPECT_TRUE(alone.left.empty());
    auto both = showing(cards::vote());
    both.text = "正在表决：";
    auto const said = app_reply(context("entered"), "ww1", both);
    EXPECT_STREQ(Xml(said.plain).root().child_value("Content"), "正在表决：");
    EXPECT_TRUE(said.left.card) << "the card is for the caller to push";
}

TEST(AppReply, ChangesAVoteCardForTheClicker)
{
    auto reply = changing(cards::vote());
    reply.text = "多谢";
    auto const said = app_reply(context("click"), "ww1", reply);
    Xml const xml(said.plain);
    ASSERT_TRUE(xml.ok);
    EXPECT_STREQ(xml.root().child_value("MsgType"), "update_template_card");
    auto const card = xml.root().child("TemplateCard");
    EXPECT_STREQ(card.child_value("CardType"), "vote_interaction");
    EXPECT_STREQ(card.child("MainTitle").child_value("Title"), "要不要加装电梯");
    EXPECT_STREQ(card.child_value("ReplaceText"), "已记：赞成");
    EXPECT_STREQ(card.child("CheckBox").child_value("QuestionKey"), "q1");
    EXPECT_STREQ(card.child("CheckBox").child_value("Disable"), "1");
    std::string options;
    for (auto const option : card.child("CheckBox").children("OptionList"))
        options += std::string(option.child_value("Id")) + option.child_value("Text") + option.child_value("IsChecked") + " ";
    EXPECT_EQ(options, "yes赞成1 no反对0 abstain弃权0 ");
    EXPECT_STREQ(card.child("SubmitButton").child_value("Key"), "cast");
    EXPECT_EQ(said.left.text, "多谢") << "a click is answered by the card alone";
    EXPECT_FALSE(said.left.update);
}

TEST(AppReply, ChangesAButtonCard)
{
    Xml const xml(app_reply(context("click"), "ww1", changing(cards::buttons(), "已记：修好了")).plain);
    auto const card = xml.root().child("TemplateCard");
    EXPECT_STREQ(card.child_value("CardType"), "button_interaction");
    EXPECT_STREQ(card.child_value("SubTitleText"), "3号楼北侧路灯");
    EXPECT_STREQ(card.child("HorizontalContentList").child_value("KeyName"), "编号");
    EXPECT_STREQ(card.child("ButtonList").child_value("Key"), "ok");
    EXPECT_STREQ(card.child_value("ReplaceText"), "已记：修好了");
}

TEST(AppReply, ReplacesButtonsWhereTheCardIsNotKnown)
{
    Xml const xml(app_reply(context("click"), "ww1", changing(chat::Card{})).plain);
    EXPECT_STREQ(xml.root().child_value("MsgType"), "update_button");
    EXPECT_STREQ(xml.root().child("Button").child_value("ReplaceName"), "已记：赞成");
}

TEST(AppReply, AcknowledgesWhatItCannotAnswer)
{
    for (char const* purpose : {"click", "nothing"}) {
        auto const said = app_reply(context(purpose), "ww1", saying("x"));
        EXPECT_EQ(said.plain, "") << purpose;
        EXPECT_EQ(said.left.text, "x") << purpose;
    }
    EXPECT_EQ(app_reply(context("message"), "ww1", {}).plain, "");
    EXPECT_EQ(app_reply({}, "ww1", saying("x")).plain, "");
}

TEST(RobotReply, EndsAStreamAtOnce)
{
    auto const body = json::parse(robot_reply(context("message"), saying("已收到\n第二行")).plain);
    EXPECT_EQ(body, (json{{"msgtype", "stream"}, {"stream", {{"id", "s1"}, {"finish", true}, {"content", "已收到\n第二行"}}}}));
}

TEST(RobotReply, CutsAStreamAtItsLimit)
{
    std::string text;
    for (int i = 0; i < 10'000; ++i)
        text += "票";
    auto const body = json::parse(robot_reply(context("message"), saying(text)).plain);
    EXPECT_LE(body.at("stream").at("content").get<std::string>().size(), 20480U);
}

TEST(RobotReply, ShowsCards)
{
    auto const card = json::parse(robot_reply(context("message"), showing(cards::vote())).plain);
    EXPECT_EQ(card.at("msgtype"), "template_card");
    auto both = showing(cards::vote());
    both.text = "正在表决：";
    auto const with_text = json::parse(robot_reply(context("message"), both).plain);
    EXPECT_EQ(with_text.at("msgtype"), "stream_with_template_card");
    EXPECT_EQ(with_text.at("stream").at("finish"), true);
    EXPECT_EQ(with_text.at("template_card"), card.at("template_card"));
}

TEST(RobotReply, SaysAnUnshowableCardInWords)
{
    auto card = cards::vote();
    card.task_id = "has blank";
    auto const body = json::parse(robot_reply(context("message"), showing(card)).plain);
    EXPECT_EQ(body.at("stream").at("content"), card.fallback);
}

TEST(RobotReply, WelcomesByTextOrCard)
{
    EXPECT_EQ(json::parse(robot_reply(context("entered"), saying("您好")).plain),
              (json{{"msgtype", "text"}, {"text", {{"content", "您好"}}}}));
    EXPECT_EQ(json::parse(robot_reply(context("entered"), showing(cards::buttons())).plain).at("msgtype"), "template_card");
    auto both = showing(cards::buttons());
    both.text = "您好";
    EXPECT_EQ(json::parse(robot_reply(context("entered"), both).plain).at("text").at("content"), "您好\n" + both.card->fallback);
}

TEST(RobotReply, ChangesACardForTheClicker)
{
    auto const body = json::parse(robot_reply(context("click"), changing(cards::vote())).plain);
    EXPECT_EQ(body,
              json::parse(R"({"response_type":"update_template_card","userids":["LiSi"],"template_card":{"card_type":"vote_interaction",
      "main_title":{"title":"要不要加装电梯","desc":"已记：赞成"},"task_id":"vote-42@9",
      "checkbox":{"question_key":"q1","mode":0,"disable":true,"option_list":[{"id":"yes","text":"赞成","is_checked":true},
        {"id":"no","text":"反对","is_checked":false},{"id":"abstain","text":"弃权","is_checked":false}]},
      "submit_button":{"text":"已记：赞成","key":"cast"}}})"))
        << "the task id is that of the click";
    auto const pressed = json::parse(robot_reply(context("click"), changing(cards::buttons(), "已记：修好了")).plain).at("template_card");
    EXPECT_EQ(pressed.at("button_list"), json::parse(R"([{"text":"已记：修好了","style":2,"key":"cast"}])"));
    EXPECT_EQ(pressed.at("main_title").at("desc"), "已记：修好了");
    auto const told = json::parse(robot_reply(context("click"), changing(cards::notice(), "看过了")).plain).at("template_card");
    EXPECT_EQ(told.at("card_type"), "text_notice");
    EXPECT_EQ(told.at("card_action"), json::parse(R"({"type":1,"url":"https://yishi.example.org/c/1"})"));
}

TEST(RobotReply, LeavesWhatAClickCannotCarry)
{
    auto const text = robot_reply(context("click"), saying("表决已截止。"));
    EXPECT_EQ(text.plain, "");
    EXPECT_EQ(text.left.text, "表决已截止。");
    auto const unknown = robot_reply(context("click"), changing(chat::Card{}));
    EXPECT_EQ(unknown.plain, "");
    EXPECT_EQ(unknown.left.text, "已记：赞成");
    EXPECT_EQ(robot_reply(context("nothing"), saying("x")).plain, "");
    EXPECT_EQ(robot_reply(context("message"), {}).plain, "");
}

TEST(RobotReply, EndsUnknownStreams)
{
    auto const body = json::parse(wecom::stream_apology("s\"1"));
    EXPECT_EQ(body.at("msgtype"), "stream");
    EXPECT_EQ(body.at("stream").at("id"), "s\"1");
    EXPECT_EQ(body.at("stream").at("finish"), true);
    EXPECT_FALSE(body.at("stream").at("content").get<std::string>().empty());
}

} // namespace
