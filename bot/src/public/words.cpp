#include "bot/public/words.hpp"

#include <cstdio>
#include <initializer_list>
#include <utility>

namespace bot {
namespace {

using Words = std::initializer_list<std::pair<std::string_view, std::string_view>>;

std::string pick(Words words, std::string_view value)
{
    for (auto const& [key, word] : words)
        if (key == value)
            return std::string(word);
    return std::string(value);
}

} // namespace

std::string role_word(std::string_view role)
{
    return pick({{"resident", "居民"},
                 {"household_head", "户主"},
                 {"owner", "业主"},
                 {"building_head", "楼栋长"},
                 {"unit_head", "单元长"},
                 {"lane_head", "胡同长"},
                 {"volunteer", "志愿者"},
                 {"party_member", "党员"},
                 {"resident_representative", "居民代表"},
                 {"villager_representative", "村民代表"},
                 {"owners_committee_member", "业委会委员"},
                 {"council_director", "议事堂理事"},
                 {"mediator", "调解员"},
                 {"grid_leader", "网格长"},
                 {"grid_worker", "网格员"},
                 {"points_collector", "积分采集员"},
                 {"points_auditor", "积分审核员"},
                 {"committee_member", "两委委员"},
                 {"party_secretary", "党组织书记"},
                 {"supervision_member", "监督委员"},
                 {"street_admin", "街道管理员"},
                 {"town_clerk", "街道干事"},
                 {"dispatcher", "派单员"},
                 {"dept_handler", "部门经办人"},
                 {"property_staff", "物业人员"},
                 {"supervisor", "督导员"},
                 {"county_reviewer", "区考评员"},
                 {"sysadmin", "系统管理员"},
                 {"integrity_officer", "廉政专员"}},
                role);
}

std::string mode_word(std::string_view mode)
{
    return pick({{"committee_decision", "委员会决定"},
                 {"consensus_multi_party", "多方协商"},
                 {"household_vote", "户表决"},
                 {"residents_representatives", "居民代表会议"},
                 {"residents_assembly", "居民会议"},
                 {"villagers_representatives", "村民代表会议"},
                 {"villagers_assembly", "村民会议"},
                 {"villager_group", "村民小组会议"},
                 {"owners_meeting", "业主大会"},
                 {"collective_assembly", "集体经济组织成员大会"}},
                mode);
}

std::string category_word(std::string_view category)
{
    return pick({{"public_order", "社会治安"},
                 {"public_safety", "公共安全"},
                 {"environment", "环境保护"},
                 {"urban_mgmt", "城市管理"},
                 {"livelihood", "民生服务"},
                 {"dispute", "矛盾纠纷"},
                 {"integrity", "廉政监督"},
                 {"other", "其他"}},
                category);
}

std::string outcome_word(std::string_view outcome)
{
    return pick({{"passed", "通过"}, {"not_passed", "未通过"}, {"no_quorum", "参加人数不足，结果不生效"}, {"runoff", "进入第二轮"}},
                outcome);
}

std::string closing_word(std::string_view closing)
{
    return pick({{"satisfied", "群众满意，办结"}, {"not_enough_ratings", "评议人数不足，不计分，办结"}, {"unsatisfied", "整改后仍未达标"}},
                closing);
}

std::string cost_word(std::string_view cost)
{
    return pick({{"none", "不花钱"}, {"in_budget", "预算内"}, {"apportioned", "各户分摊"}}, cost);
}

std::string link_word(std::string_view link)
{
    return pick({{"merged_into", "已并入"},
                 {"merged_from", "合并自"},
                 {"transferred_to", "转办为"},
                 {"transferred_from", "转办自"},
                 {"reopened_as", "重新提出为"},
                 {"reopened_from", "重新提出自"},
                 {"follow_up_of", "接续"},
                 {"duplicate_of", "同一件事"}},
                link);
}

std::string group_word(std::string_view kind)
{
    return pick({{"grid", "网格群"},
                 {"community_notice", "公告群"},
                 {"committee_work", "两委工作群"},
                 {"owners", "业主群"},
                 {"dispatch", "报到群"},
                 {"zombie_candidate", "待清理群"}},
                kind);
}

std::string urgency_word(std::string_view urgency)
{
    return pick({{"critical", "险情"}, {"urgent", "紧急"}, {"normal", "一般"}}, urgency);
}

std::string body_word(std::string_view body)
{
    return pick({{"parking_committee", "车委会"}}, body);
}

std::string date_words(governance::LocalDate date)
{
    return std::to_string(static_cast<unsigned>(date.month())) + "月" + std::to_string(static_cast<unsigned>(date.day())) + "日";
}

std::string moment_words(governance::Zone const& zone, governance::Instant at, governance::Instant now)
{
    auto const minute = zone.minute_of_day(at).count();
    auto const date = zone.date(minute == 0 ? at - std::chrono::minutes(1) : at);
    char time[16];
    std::snprintf(time, sizeof time, "%02d:%02d", minute == 0 ? 24 : static_cast<int>(minute / 60), static_cast<int>(minute % 60));
    auto const year = date.year() == zone.date(now).year() ? std::string() : std::to_string(static_cast<int>(date.year())) + "年";
    return year + date_words(date) + " " + time;
}

std::string hundredths_words(std::int64_t hundredths)
{
    auto const size = hundredths < 0 ? -hundredths : hundredths;
    auto text = (hundredths < 0 ? "-" : "") + std::to_string(size / 100);
    if (auto const rest = size % 100; rest != 0) {
        char decimals[8];
        std::snprintf(decimals, sizeof decimals, ".%02d", static_cast<int>(rest));
        text += decimals;
        if (text.ends_with('0'))
            text.pop_back();
    }
    return text;
}

std::string yuan_words(std::int64_t fen)
{
    return hundredths_words(fen) + " 元";
}

} // namespace bot
