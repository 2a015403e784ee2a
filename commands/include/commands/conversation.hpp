#pragma once

#include "commands/recipients.hpp"
#include "commands/service.hpp"
#include "commands/world.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace commands {

struct ConversationOptions {
    WorldOptions world;
    /// How many doors of the account can speak first to a person.
    std::function<int(std::string const& account)> private_doors;
    /// The machine's clock, which the transport keeps: it stamps the inbox (design.md 3).
    std::function<governance::Instant()> machine_now = [] {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    };
};

/// The conversation over the books: reads, asks the rules, records, answers.
class Conversation : public Service, public RecipientDirectory {
public:
    explicit Conversation(ConversationOptions options);
    ~Conversation() override;

    [[nodiscard]] Prepared prepare(adapters::chat::Event const& event) const override;
    [[nodiscard]] adapters::chat::Reply handle(storage::Database& db, adapters::chat::Event const& event, Prepared const& prepared,
                                               governance::Instant now) override;
    bool fire_next_job(storage::Database& db, governance::Instant until) override;

    [[nodiscard]] std::vector<PersonAddress> person(storage::Database& db, governance::PersonId const& person) const override;
    [[nodiscard]] std::vector<GroupAddress> group(storage::Database& db, governance::GroupId const& group) const override;

    /// Loads the rules now; with `force` also when the district has not changed (wording, lexicon, procedures of the files). Arms the
    /// standing jobs (rankings, housekeeping). Called in a unit of work. Errors: std::runtime_error naming the place at fault; the rules in
    /// force stay.
    void load(storage::Database& db, governance::Instant now, bool force);
    /// The rules in force; null before the first load. Safe on any thread.
    [[nodiscard]] std::shared_ptr<World const> world() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace commands
