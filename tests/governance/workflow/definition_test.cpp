#include "governance/demo.hpp"
#include "governance/five_talks.hpp"
#include "storage/definition_file.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

/// A definition that is malformed is refused at load, with the place at fault.
namespace {

using namespace governance;
using namespace governance::workflow;

std::string shipped()
{
    std::ifstream in(std::string(YIQI_SOURCE_DIR) + "/data/procedures/five_talks.toml");
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

Vocabulary vocabulary()
{
    auto words = five_talks_vocabulary();
    words.notices = demo::notice_ids();
    words.actors = demo::actor_words();
    return words;
}

/// The shipped file with one place changed, written to a file and loaded.
std::string fault_of(std::string const& from, std::string const& to)
{
    auto text = shipped();
    auto const at = text.find(from);
    if (at == std::string::npos)
        return "the file has no " + from;
    text.replace(at, from.size(), to);
    auto const file = std::filesystem::path(testing::TempDir()) / ("definition_" + std::to_string(::getpid()) + ".toml");
    std::ofstream(file) << text;
    std::string fault;
    try {
        (void)storage::load_definition(file, vocabulary());
    } catch (storage::DefinitionError const& error) {
        fault = error.what();
    }
    std::filesystem::remove(file);
    return fault;
}

struct Malformed {
    char const* name;
    char const* from;
    char const* to;
    char const* fault; ///< a part of the message
};
class MalformedDefinitions : public testing::TestWithParam<Malformed> {};

TEST_P(MalformedDefinitions, AreRefusedWithThePlace)
{
    auto const fault = fault_of(GetParam().from, GetParam().to);
    EXPECT_NE(fault.find(GetParam().fault), std::string::npos) << fault;
    EXPECT_NE(fault.find(".toml:"), std::string::npos) << "names file and line: " << fault;
}

INSTANTIATE_TEST_SUITE_P(
    Table, MalformedDefinitions,
    testing::Values(
        Malformed{"not_toml", "version = 1", "version = ", ".toml:11"},
        Malformed{"unknown_key", "title = \"草稿\"", "titel = \"草稿\"", "unknown key \"titel\""},
        Malformed{"missing_key", "title = \"草稿\"\n", "", "key \"title\" is missing"},
        Malformed{"wrong_type", "version = 1", "version = \"1\"", "\"version\" must be a whole number"},
        Malformed{"unreadable_span", "collect = \"7天\"", "collect = \"七天\"", "timer collect: \"after\" must be a span of time"},
        Malformed{"undefined_parameter", "after = \"$screening\"", "after = \"$screning\"", "no parameter is called \"screning\""},
        Malformed{"unknown_guard", "\"mode_allowed\"", "\"mode_allowd\"", "transition five_talks.13: unknown guard \"mode_allowd\""},
        Malformed{"unknown_effect", "\"record_acceptance\"", "\"record_it\"", "transition five_talks.13: unknown effect \"record_it\""},
        Malformed{"unknown_notice", "notices = [\"N-P10\"]", "notices = [\"N-P99\"]", "transition five_talks.13: unknown notice \"N-P99\""},
        Malformed{"unknown_actor", "actors = [\"supervisor\"]", "actors = [\"boss\"]", "transition five_talks.38: unknown actor \"boss\""},
        Malformed{"unknown_trigger", "trigger = \"second_failure\"", "trigger = \"third_failure\"", "unknown trigger \"third_failure\""},
        Malformed{"lost_trigger", "trigger = \"second_failure\"", "trigger = \"stop\"",
                  "no transition or step has the trigger \"second_failure\""},
        Malformed{"unknown_item", "needs = [\"merge_target\"]", "needs = [\"mergetarget\"]", "unknown item \"mergetarget\""},
        Malformed{"unknown_instant", "at = \"plan_date\"", "at = \"doomsday\"", "timer plan_date: unknown instant \"doomsday\""},
        Malformed{"unknown_audience", "N-P06 = [\"merged_author\"]", "N-P06 = [\"everybody\"]", "unknown audience \"everybody\""},
        Malformed{"param_missing", "{ name = \"days_in\", min = 1, max = \"$vote_extension_max\" }", "{ name = \"days_in\", min = 1 }",
                  "transition five_talks.21: days_in needs the parameter \"max\""},
        Malformed{"param_type", "{ name = \"days_in\", min = 1,", "{ name = \"days_in\", min = \"one\",",
                  "parameter \"min\" must be a whole number"},
        Malformed{"param_unknown", "{ name = \"days_in\", min = 1,", "{ name = \"days_in\", least = 1, min = 1,",
                  "takes no parameter \"least\""},
        Malformed{"source_unknown", "sources = [\"rework\"]", "sources = [\"rewok\"]",
                  "transition five_talks.37: unknown source state \"rewok\""},
        Malformed{"target_unknown", "target = \"rework\"", "target = \"rewok\"",
                  "transition five_talks.36: unknown target state \"rewok\""},
        Malformed{"unreachable", "target = \"suspended\"", "target = \"stopped\"", "state suspended: cannot be reached"},
        Malformed{"no_way_out", "sources = [\"checking\"]\ntarget = \"evaluating\"", "sources = [\"executing\"]\ntarget = \"evaluating\"",
                  "state checking: next_step \"check_passed\" is no transition from here"},
        Malformed{"end_state_left", "sources = [\"rework\"]\ntarget = \"evaluating\"",
                  "sources = [\"rework\", \"merged\"]\ntarget = \"evaluating\"", "leaves the end state \"merged\"; only reopening may"},
        Malformed{"end_state_with_timer", "id = \"merged\"\ntitle = \"已合并\"\n",
                  "id = \"merged\"\ntitle = \"已合并\"\ntimers = [{ name = \"x\", after = \"1天\" }]\n",
                  "state merged: is an end state and has timers"},
        Malformed{"no_timer", "timers = [{ name = \"amend\", after = \"$amend\", trigger = \"amendment_ends\", main = true }]\n", "",
                  "state returned: has no timer"},
        Malformed{"timer_without_time", "{ name = \"amend\", after = \"$amend\", ", "{ name = \"amend\", ",
                  "timer amend: needs \"after\" or \"at\""},
        Malformed{"timer_moves_nothing", "after = \"$amend\", trigger = \"amendment_ends\"", "after = \"$amend\", trigger = \"no_action\"",
                  "timer amend: its trigger \"no_action\" does nothing in state returned"},
        Malformed{"most_of_a_timer_that_rings_once", "drops = true", "most = 3", "is for timers that repeat"},
        Malformed{"reminders_descend", "remind_at = [50, 80, 100]", "remind_at = [80, 50]", "remind_at must ascend"},
        Malformed{"reminder_range", "remind_at = [50, 80, 100]", "remind_at = [50, 180]", "from 1 to 100"},
        Malformed{"id_twice", "id = \"five_talks.2\"", "id = \"five_talks.1\"", "transition five_talks.1: the id stands twice"},
        Malformed{"no_actor", "actors = [\"supervisor\"]", "actors = []", "transition five_talks.38: names no actor"},
        Malformed{"next_step", "next_step = \"resume\"", "next_step = \"start\"",
                  "state suspended: next_step \"start\" is no transition from here"},
        Malformed{"cannot_be_told_apart", "guards = [\"vote_ended\", { name = \"outcome_is\", outcome = \"not_passed\" }]",
                  "guards = [\"vote_ended\", { name = \"outcome_is\", outcome = \"passed\" }]", "cannot be told apart from five_talks.18"},
        Malformed{"guards_no_list", "guards = [\"threshold_reached\"]", "guards = \"threshold_reached\"", "\"guards\" must be a list"}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(Definitions, NameTheLineAtFault)
{
    auto const text = shipped();
    auto const at = text.find("\"mode_allowed\"");
    auto const line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    auto const fault = fault_of("\"mode_allowed\"", "\"mode_allowd\"");
    EXPECT_NE(fault.find(".toml:" + std::to_string(line) + ": transition five_talks.13"), std::string::npos) << fault;
}

TEST(Definitions, APlaceMayChangeThresholdsWindowsAndAStepWithoutAProgrammer)
{
    auto text = shipped();
    auto change = [&](std::string const& from, std::string const& to) {
        auto const at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        text.replace(at, from.size(), to);
    };
    change("version = 1", "version = 2");
    change("endorse_grid = 5", "endorse_grid = 8");
    change("screening = \"5个工作日\"", "screening = \"3个工作日\"");
    change("guards = [\"vote_ended\", { name = \"outcome_is\", outcome = \"runoff\" }]",
           "guards = [\"vote_ended\", { name = \"outcome_is\", outcome = \"runoff\" }, \"in_scope\"]");
    auto const changed = storage::parse_definition(text, "changed.toml");
    EXPECT_TRUE(check(changed, vocabulary()).empty());
    EXPECT_EQ(changed.version, 2);
    EXPECT_EQ(std::get<std::int64_t>(changed.parameters.at("endorse_grid")), 8);
    EXPECT_EQ(changed.find_state("screening")->timers[0].after, (Period{Period::Unit::working_days, 3}));

    DefinitionSet set;
    set.add(demo::definition("five_talks"));
    set.add(changed);
    EXPECT_EQ(set.newest("five_talks")->version, 2);
    EXPECT_EQ(set.find("five_talks", 1)->version, 1);
    EXPECT_EQ(set.find("five_talks", 3), nullptr);
    EXPECT_EQ(set.newest("six_talks"), nullptr);
}

TEST(Definitions, AFolderMustHoldProceduresThatRun)
{
    auto const folder = std::filesystem::path(testing::TempDir()) / ("procedures_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    auto load = [&] { return storage::load_definitions(folder, demo::notice_ids(), demo::actor_words()); };
    EXPECT_THROW((void)load(), storage::DefinitionError);
    std::ofstream(folder / "a.toml") << shipped();
    EXPECT_EQ(load().newest("five_talks")->version, 1);
    std::ofstream(folder / "b.toml") << shipped();
    EXPECT_THROW((void)load(), storage::DefinitionError) << "the same version twice";
    std::ofstream(folder / "b.toml") << "id = \"six_talks\"\nversion = 1\ntitle = \"六议\"\n";
    EXPECT_THROW((void)load(), storage::DefinitionError) << "a procedure that nobody can run";
    std::filesystem::remove_all(folder);
}

} // namespace
