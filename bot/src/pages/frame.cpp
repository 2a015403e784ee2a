#include "pages/pages.hpp"

#include "bot/public/words.hpp"

#include <algorithm>

namespace bot::pages {

std::string link_to(Frame const& frame, std::string const& path)
{
    return frame.large ? path + "?size=large" : path;
}

std::string matter_path(PublicMatter const& matter)
{
    return "/c/" + matter.community.str() + "/" + std::to_string(matter.no);
}

HttpResponse framed(Frame const& frame, std::string const& title, Markup const& body)
{
    Markup page;
    page << "<!doctype html>\n<html lang=\"zh-CN\""_html;
    if (frame.large)
        page << " class=\"large\""_html;
    page << "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
            "<meta name=\"format-detection\" content=\"telephone=no\"><title>"_html
         << title
         << " · 议起</title><link rel=\"stylesheet\" href=\"/assets/public.css\"><link rel=\"icon\" href=\"/assets/icon.svg\">"
            "</head><body><a class=\"skip\" href=\"#main\">跳到正文</a><header class=\"top\"><a class=\"brand\" href=\""_html
         << link_to(frame, "/") << "\">议起</a><span class=\"motto\">大家的事大家议</span><a class=\"size\" href=\""_html
         << (frame.large ? frame.path : frame.path + "?size=large") << "\">"_html << (frame.large ? "标准字号" : "大字版")
         << "</a></header><main id=\"main\">"_html << body << "</main><footer><p>本页由程序据账本自动生成，"_html
         << moment_words(frame.zone, frame.now, frame.now)
         << "。不显示姓名、门牌、电话和个人选择。</p><p><a href=\"/api/v1/ledger/head\">账本校验值</a> · "
            "<a href=\"/api/openapi.json\">开放接口</a></p></footer></body></html>\n"_html;
    HttpResponse response;
    response.content_type = "text/html; charset=utf-8";
    response.body = page.take();
    return response;
}

HttpResponse refusal(Frame const& frame, std::string_view why)
{
    Markup body;
    body << "<h1>"_html << why << "</h1><p><a href=\""_html << link_to(frame, "/") << "\">回到公开页首页</a></p>"_html;
    return framed(frame, "找不到", body);
}

Markup turnout_bar(PublicVote const& vote)
{
    Markup out;
    out << "<div class=\"turnout\"><progress max=\""_html << std::max<std::int64_t>(vote.eligible, 1) << "\" value=\""_html
        << std::min(vote.participating, vote.eligible) << "\"></progress><span>"_html << (vote.result ? "参加 " : "已投 ")
        << vote.participating << " / "_html << vote.eligible << (vote.mode == "committee_decision" ? " 人" : " 户") << "</span></div>"_html;
    return out;
}

Markup state_badge(PublicMatter const& matter)
{
    Markup out;
    out << "<span class=\"state "_html << (matter.live ? "live" : "done") << " s-"_html << matter.state << "\">"_html << matter.state_title
        << "</span>"_html;
    if (matter.overdue)
        out << "<span class=\"state late\">已超期</span>"_html;
    return out;
}

} // namespace bot::pages
