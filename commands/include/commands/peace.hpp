#pragma once

#include "commands/notice_rules.hpp"
#include "commands/world.hpp"

#include <functional>
#include <memory>

namespace commands {

/// Budgets, quiet hours and evening digests as the books have them: a group's own figures, the usual quiet hours for persons (later for
/// staff). A message without a notice id is an answer to who asked and never waits. Source: domain.md 13.1.
class Peace : public NoticeRules {
public:
    /// `world` gives the rules in force; null lets everything pass.
    explicit Peace(std::function<std::shared_ptr<World const>()> world);

    [[nodiscard]] NoticeVerdict plan(storage::Database& db, storage::OutboxMessage const& message, governance::Instant now) override;
    [[nodiscard]] adapters::chat::Reply digest(storage::Database& db, std::vector<storage::OutboxMessage> const& parts,
                                               governance::Instant now) override;

private:
    std::function<std::shared_ptr<World const>()> world_;
};

} // namespace commands
