#include "storage/definition_file.hpp"

#include "governance/five_talks.hpp"
#include "governance/points.hpp"
#include "governance/report.hpp"
#include "toml_fields.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

namespace storage {

namespace {

using namespace governance::workflow;

/// Reads one file; the first fault ends it, with its line.
class Reader : TomlFields {
public:
    explicit Reader(std::string const& file) : TomlFields(file) {}

    Definition read(std::string_view toml)
    {
        auto const root = parse(toml);
        keys(root, {"id", "version", "title", "parameters", "recipients", "states", "transitions"}, "definition");
        Definition definition;
        definition.file = file();
        definition.id = text(root, "id", "definition", true);
        definition.version = static_cast<int>(whole(root, "version", "definition", 1, 1'000'000));
        definition.title = text(root, "title", "definition", true);
        if (auto const* table = section(root, "parameters"))
            for (auto const& [key, node] : *table)
                parameters_[std::string(key.str())] = value(node, "parameters: " + std::string(key.str()));
        definition.parameters = parameters_;
        if (auto const* table = section(root, "recipients"))
            for (auto const& [key, node] : *table)
                definition.recipients[std::string(key.str())] = texts(node, "recipients: " + std::string(key.str()));
        for (auto const* table : tables(root, "states", "definition"))
            definition.states.push_back(state(*table));
        for (auto const* table : tables(root, "transitions", "definition"))
            definition.transitions.push_back(transition(*table));
        return definition;
    }

private:
    /// A text that reads as a span of time is one; "$name" stands for a parameter.
    Value value(toml::node const& node, std::string const& where) const
    {
        if (auto const number = node.value_exact<std::int64_t>())
            return *number;
        if (auto const yes = node.value_exact<bool>())
            return *yes;
        if (node.is_array())
            return texts(node, where);
        auto const content = node.value_exact<std::string>();
        if (!content)
            fail(node, where, "must be a whole number, true or false, a text or a list of texts");
        if (content->starts_with('$'))
            return parameter(node, *content, where);
        if (auto const span = parse_period(*content))
            return *span;
        return *content;
    }

    Value const& parameter(toml::node const& node, std::string const& reference, std::string const& where) const
    {
        auto const found = parameters_.find(reference.substr(1));
        if (found == parameters_.end())
            fail(node, where, "no parameter is called \"" + reference.substr(1) + "\"");
        return found->second;
    }

    std::optional<Period> span(toml::table const& table, std::string const& key, std::string const& where) const
    {
        auto const* node = table.get(key);
        if (!node)
            return std::nullopt;
        auto const content = value(*node, where);
        auto const* period = std::get_if<Period>(&content);
        if (!period)
            fail(*node, where, "\"" + key + "\" must be a span of time, as in \"7天\" or \"5个工作日\"");
        return *period;
    }

    /// A whole number of 0 or more, or a parameter that holds one; 0 when it is not there.
    std::int64_t count(toml::table const& table, std::string const& key, std::string const& where) const
    {
        auto const* node = table.get(key);
        if (!node)
            return 0;
        auto const content = value(*node, where);
        auto const* number = std::get_if<std::int64_t>(&content);
        if (!number || *number < 0)
            fail(*node, where, "\"" + key + "\" must be a whole number of 0 or more");
        return *number;
    }

    std::vector<Call> calls(toml::table const& table, std::string const& key, std::string const& where) const
    {
        std::vector<Call> all;
        auto const* node = table.get(key);
        if (!node)
            return all;
        auto const* array = node->as_array();
        if (!array)
            fail(*node, where, "\"" + key + "\" must be a list");
        auto const place = where + ": " + key;
        for (auto const& item : *array)
            all.push_back(call(item, place));
        return all;
    }

    Call call(toml::node const& node, std::string const& where) const
    {
        Call made;
        made.line = line(node);
        if (auto const bare = node.value_exact<std::string>()) {
            made.name = *bare;
            return made;
        }
        auto const* table = node.as_table();
        if (!table)
            fail(node, where, "must be a name or a table with a name");
        made.name = text(*table, "name", where, true);
        for (auto const& [name, content] : *table)
            if (name.str() != "name")
                made.params[std::string(name.str())] = value(content, where + ": " + made.name);
        return made;
    }

    TimerDef timer(toml::table const& table, std::string const& state_where) const
    {
        auto const where = state_where + ": timer " + text(table, "name", state_where, true);
        keys(table,
             {"name", "after", "at", "trigger", "remind_at", "reminds", "remind_notices", "main", "survives", "repeats", "most", "overdue",
              "drops", "escalates_to", "notices"},
             where);
        TimerDef timer;
        timer.name = text(table, "name", where, true);
        timer.after = span(table, "after", where);
        timer.at = text(table, "at", where);
        timer.trigger = text(table, "trigger", where);
        timer.reminds = reminds(table, where);
        timer.remind_at = percents(table, where);
        timer.remind_notices = texts(table, "remind_notices", where);
        timer.main = flag(table, "main", where);
        timer.survives = flag(table, "survives", where);
        timer.repeats = flag(table, "repeats", where);
        timer.most = count(table, "most", where);
        timer.overdue = flag(table, "overdue", where);
        timer.drops = flag(table, "drops", where);
        timer.escalates_to = text(table, "escalates_to", where);
        timer.notices = texts(table, "notices", where);
        timer.line = line(table);
        return timer;
    }

    Reminds reminds(toml::table const& table, std::string const& where) const
    {
        auto const word = text(table, "reminds", where);
        if (word == "official")
            return Reminds::official;
        if (word == "voters")
            return Reminds::voters;
        if (!word.empty())
            fail(*table.get("reminds"), where, "\"reminds\" must be \"official\" or \"voters\"");
        return Reminds::nobody;
    }

    template <class Row>
    void row(toml::table const& table, Row& into, std::string const& where) const
    {
        into.trigger = text(table, "trigger", where, true);
        into.actors = texts(table, "actors", where);
        into.needs = texts(table, "needs", where);
        into.guards = calls(table, "guards", where);
        into.effects = calls(table, "effects", where);
        into.notices = texts(table, "notices", where);
        into.line = line(table);
    }

    StateDef state(toml::table const& table) const
    {
        auto const where = "state " + text(table, "id", "state", true);
        keys(table, {"id", "title", "stage", "terminal", "untimed", "next_step", "timers", "steps"}, where);
        StateDef state;
        state.id = text(table, "id", where, true);
        state.title = text(table, "title", where, true);
        state.stage = text(table, "stage", where);
        state.terminal = flag(table, "terminal", where);
        state.untimed = flag(table, "untimed", where);
        state.next_step = text(table, "next_step", where);
        state.line = line(table);
        for (auto const* timer_table : tables(table, "timers", where))
            state.timers.push_back(timer(*timer_table, where));
        for (auto const* step_table : tables(table, "steps", where)) {
            InnerStep step;
            step.id = text(*step_table, "id", where + ": step", true);
            auto const step_where = "step " + step.id;
            keys(*step_table, {"id", "trigger", "actors", "needs", "guards", "effects", "notices"}, step_where);
            row(*step_table, step, step_where);
            state.steps.push_back(std::move(step));
        }
        return state;
    }

    TransitionDef transition(toml::table const& table) const
    {
        TransitionDef made;
        made.id = text(table, "id", "transition", true);
        auto const where = "transition " + made.id;
        keys(table, {"id", "sources", "target", "actors", "trigger", "needs", "guards", "effects", "notices"}, where);
        made.sources = texts(table, "sources", where);
        made.target = text(table, "target", where, true);
        row(table, made, where);
        return made;
    }

    Values parameters_;
};

std::string slurp(std::filesystem::path const& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream content;
    if (in)
        content << in.rdbuf();
    if (!in)
        throw DefinitionError(file.string() + ":0: cannot be read");
    return content.str();
}

Vocabulary vocabulary_of(Definition const& definition)
{
    using Make = Vocabulary (*)();
    static std::map<std::string, Make> const known{{"five_talks", governance::five_talks_vocabulary},
                                                   {"report", governance::report_vocabulary},
                                                   {"points_entry", governance::points_vocabulary}};
    auto const found = known.find(definition.id);
    if (found == known.end())
        throw DefinitionError(definition.file + ":1: definition: no procedure is called \"" + definition.id + "\"");
    return found->second();
}

void must_hold(Definition const& definition, Vocabulary const& vocabulary)
{
    std::string faults;
    for (auto const& problem : check(definition, vocabulary))
        faults += (faults.empty() ? "" : "\n") + definition.file + ":" + std::to_string(problem.line) + ": " + problem.where + ": " +
                  problem.what;
    if (!faults.empty())
        throw DefinitionError(faults);
}

} // namespace

Definition parse_definition(std::string_view toml, std::string const& file_name)
{
    return Reader(file_name).read(toml);
}

Definition load_definition(std::filesystem::path const& file, Vocabulary const& vocabulary)
{
    auto definition = parse_definition(slurp(file), file.string());
    must_hold(definition, vocabulary);
    return definition;
}

DefinitionSet load_definitions(std::filesystem::path const& folder, std::set<std::string> const& notices,
                               std::set<std::string> const& actors)
{
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".toml")
            files.push_back(entry.path());
    if (error || files.empty())
        throw DefinitionError(folder.string() + ":0: holds no procedures");
    std::sort(files.begin(), files.end());
    DefinitionSet set;
    for (auto const& file : files) {
        auto definition = parse_definition(slurp(file), file.string());
        auto vocabulary = vocabulary_of(definition);
        vocabulary.notices = notices;
        vocabulary.actors = actors;
        must_hold(definition, vocabulary);
        if (set.find(definition.id, definition.version))
            throw DefinitionError(file.string() + ":1: definition: \"" + definition.id + "\" version " +
                                  std::to_string(definition.version) + " stands in another file, too");
        set.add(std::move(definition));
    }
    return set;
}

} // namespace storage
