#include "pages/pages.hpp"

#include "bot/public/rankings.hpp"
#include "bot/public/words.hpp"
#include "bot/web/query.hpp"

#include <algorithm>
#include <vector>

namespace bot::pages {
namespace {

using governance::CommunityId;

constexpr int kMostListed = 60;
constexpr int kMostCases = 20;

/// The parts of a community's list, in the order in which residents ask for them.
struct Part {
    char const* title;
    char const* hint;
    std::vector<std::string_view> states;
};

std::vector<Part> const& parts()
{
    static std::vector<Part> const kParts = {
        {"正在表决", "在群里或私聊发“赞成 编号”“反对 编号”“弃权 编号”", {"voting"}},
        {"征集附议", "觉得该议，就发“附议 编号”", {"collecting"}},
        {"正在商议", "有话要说，发“讨论 编号 您的意见”", {"deliberating"}},
        {"两委审议", "", {"screening", "returned"}},
        {"决议公示", "有异议，公示头几天内实名发“异议 编号 理由”", {"publicity", "objected"}},
        {"正在实施", "", {"executing", "suspended", "checking"}},
        {"请您评议", "发“评议 编号 几分 一句话”", {"evaluating", "rework"}},
        {"表决未生效", "", {"no_quorum", "not_passed"}},
    };
    return kParts;
}

void card(Markup& out, Frame const& frame, PublicMatter const& matter)
{
    out << "<li><a class=\"card\" href=\""_html << link_to(frame, matter_path(matter)) << "\"><span class=\"no\">"_html << matter.no
        << "</span><span class=\"body\"><strong>"_html << matter.title << "</strong><span class=\"meta\">"_html << state_badge(matter);
    if (!matter.place.empty())
        out << "<span>"_html << matter.place << "</span>"_html;
    if (matter.live && matter.deadline)
        out << "<span>"_html << moment_words(frame.zone, *matter.deadline, frame.now) << "截止</span>"_html;
    else if (!matter.live)
        out << "<span>"_html << moment_words(frame.zone, matter.state_since, frame.now) << "</span>"_html;
    out << "</span>"_html;
    if (matter.state == "collecting")
        out << "<span class=\"meta\">附议 "_html << matter.endorsements << " / "_html << matter.endorsements_needed << " 户</span>"_html;
    if (matter.state == "voting" && matter.vote)
        out << turnout_bar(*matter.vote);
    if (matter.execution && matter.live)
        out << "<span class=\"meta\">完成 "_html << matter.execution->percent << "%</span>"_html;
    out << "</span></a></li>"_html;
}

void section(Markup& out, char const* title, char const* hint, std::vector<PublicMatter const*> const& matters, Frame const& frame)
{
    if (matters.empty())
        return;
    out << "<section><h2>"_html << title << " <small>"_html << matters.size() << " 件</small></h2>"_html;
    if (*hint != '\0')
        out << "<p class=\"hint\">"_html << hint << "</p>"_html;
    out << "<ul class=\"cards\">"_html;
    for (auto const* matter : matters)
        card(out, frame, *matter);
    out << "</ul></section>"_html;
}

void proposals(Markup& out, PublicViews& views, CommunityId const& community, Frame const& frame)
{
    auto const page = views.list(community, storage::kProposal, {}, 0, kMostListed);
    std::vector<PublicMatter const*> ended;
    for (auto const& matter : page.items)
        if (!matter.live)
            ended.push_back(&matter);
    for (auto const& part : parts()) {
        std::vector<PublicMatter const*> found;
        for (auto const& matter : page.items)
            if (matter.live && std::find(part.states.begin(), part.states.end(), matter.state) != part.states.end())
                found.push_back(&matter);
        section(out, part.title, part.hint, found, frame);
    }
    section(out, "已经办结", "", ended, frame);
    if (page.items.empty())
        out << "<p class=\"empty\">还没有提议。在群里对小邻说“提议 ……”，就会出现在这里。</p>"_html;
}

void cases(Markup& out, PublicViews& views, CommunityId const& community, Frame const& frame)
{
    auto const page = views.list(community, storage::kReport, {}, 0, kMostCases);
    if (page.items.empty())
        return;
    out << "<section><h2>网格上报 <small>只列类别、地点和进度</small></h2><div "
           "class=\"scroll\"><table><thead><tr><th>编号</th><th>类别</th>"
           "<th>地点</th><th>进度</th><th>上报</th></tr></thead><tbody>"_html;
    for (auto const& report : page.items)
        out << "<tr><td><a href=\""_html << link_to(frame, matter_path(report)) << "\">"_html << report.no << "</a></td><td>"_html
            << (report.subcategory_title.empty() ? report.category_title : report.subcategory_title) << "</td><td>"_html << report.place
            << "</td><td>"_html << state_badge(report) << "</td><td>"_html << date_words(frame.zone.date(report.opened_at))
            << "</td></tr>"_html;
    out << "</tbody></table></div></section>"_html;
}

/// The newest quarter that was published, looking back a year.
void ranking(Markup& out, storage::Database& db, PublicReference const& reference, CommunityId const& community, Frame const& frame)
{
    auto at = frame.now;
    for (int back = 0; back < 5; ++back) {
        auto const quarter = quarter_at(frame.zone, at);
        auto const months = months_of(quarter);
        auto const rows = months ? published_ranking(db, reference, community, "grid", *months) : std::vector<governance::RankedRow>{};
        if (!rows.empty()) {
            out << "<section><h2>网格积分 <small>"_html << quarter << "</small></h2><table><tbody>"_html;
            for (auto const& row : rows)
                out << "<tr><td>"_html << row.rank << "</td><td>"_html << reference.place(governance::UnitId{row.subject})
                    << "</td><td>"_html << governance::to_text(row.points) << " 分</td></tr>"_html;
            out << "</tbody></table></section>"_html;
            return;
        }
        at = frame.zone.start_of(months->first / 1) - std::chrono::hours(1);
    }
}

} // namespace

HttpResponse home(PublicReference const& reference, PublicViews& views, Frame const& frame)
{
    Markup body;
    body << "<h1>社区公开页</h1><p class=\"lead\">提议走到哪一步、表决结果、办得怎么样，都在这里看得到。</p>"_html;
    auto const communities = reference.organisation.communities();
    body << "<ul class=\"cards\">"_html;
    for (auto const* unit : communities) {
        auto const page = views.list(governance::community_from(unit->id), storage::kProposal, {}, 0, kMostListed);
        auto const open = std::count_if(page.items.begin(), page.items.end(), [](auto const& matter) { return matter.live; });
        auto const voting =
            std::count_if(page.items.begin(), page.items.end(), [](auto const& matter) { return matter.state == "voting"; });
        body << "<li><a class=\"card\" href=\""_html << link_to(frame, "/c/" + unit->id.str() + "/")
             << "\"><span class=\"body\"><strong>"_html << unit->name << "</strong><span class=\"meta\"><span>"_html
             << (unit->type == governance::UnitType::village ? "村" : "社区") << "</span><span>"_html << unit->households
             << " 户</span><span>在办 "_html << open << " 件</span>"_html;
        if (voting > 0)
            body << "<span class=\"state live s-voting\">正在表决 "_html << voting << " 件</span>"_html;
        body << "</span></span></a></li>"_html;
    }
    body << "</ul>"_html;
    if (communities.empty())
        body << "<p class=\"empty\">还没有导入社区资料。</p>"_html;
    if (frame.playground)
        body << "<p class=\"note\">这是演示环境，人名和事情都是虚构的。<a href=\"/playground/\">打开演示群聊</a></p>"_html;
    return framed(frame, "社区公开页", body);
}

HttpResponse community(storage::Database& db, PublicReference const& reference, PublicViews& views, std::string_view id, Frame const& frame)
{
    auto const* unit = reference.community(id);
    if (unit == nullptr)
        throw BadRequest("没有这个社区", 404);
    auto const community_id = governance::community_from(unit->id);
    Markup body;
    body << "<nav class=\"crumbs\"><a href=\""_html << link_to(frame, "/") << "\">全部社区</a></nav><h1>"_html << unit->name
         << "</h1>"_html;
    proposals(body, views, community_id, frame);
    cases(body, views, community_id, frame);
    ranking(body, db, reference, community_id, frame);
    return framed(frame, unit->name, body);
}

} // namespace bot::pages
