#pragma once

#include "adapters/chat/message.hpp"

namespace cards {

inline adapters::chat::Card vote()
{
    adapters::chat::Card card;
    card.kind = adapters::chat::CardKind::choice;
    card.task_id = "vote-42@1";
    card.title = "要不要加装电梯";
    card.facts = {{"截止", "6月8日"}, {"范围", "3号楼业主"}};
    card.question = "q1";
    card.options = {{"yes", "赞成"}, {"no", "反对"}, {"abstain", "弃权"}};
    card.submit_key = "cast";
    card.submit_text = "投票";
    card.fallback = "【表决 V1】要不要加装电梯。赞成发“赞成 V1”。";
    return card;
}

inline adapters::chat::Card buttons()
{
    adapters::chat::Card card;
    card.kind = adapters::chat::CardKind::buttons;
    card.task_id = "case-7@1";
    card.title = "路灯修好了吗";
    card.body = "3号楼北侧路灯";
    card.facts = {{"编号", "B7"}};
    card.buttons = {{"ok", "修好了", true}, {"no", "没修好", false}};
    card.fallback = "路灯修好了吗？回“修好了”或“没修好”。";
    return card;
}

inline adapters::chat::Card notice(std::string url = "https://yishi.example.org/c/1")
{
    adapters::chat::Card card;
    card.title = "表决结果";
    card.body = "赞成 30，反对 2";
    card.facts = {{"编号", "V1"}};
    card.url = std::move(url);
    card.fallback = "表决结果：赞成 30，反对 2";
    return card;
}

} // namespace cards
