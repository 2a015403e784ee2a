#include "bot/cli.hpp"

#include "cli/commands.hpp"

#include "bot/app.hpp"
#include "bot/config_load.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <functional>
#include <iostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace bot {
namespace {

/// What the command line asks for; CLI11 writes into it while it reads.
struct Wanted {
    std::string config;
    cli::ServeOptions serve;
    std::string path;
    std::string word;
    std::string community;
    std::string format = "csv";
    std::string out;
    std::vector<std::string> bind = {"playground"};
    bool help = false;
    std::function<int(Config const&)> run; ///< set by the command that was named
};

class CommandLine {
public:
    explicit CommandLine(Parts const& parts) : parts_(parts)
    {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", std::string("yiqi ") + YIQI_VERSION);
        app_.set_help_flag("-h,--help", "Says how to use it");
        add_running();
        add_data();
        add_later();
        add_telling();
    }

    int run(int argc, char const* const* argv)
    {
        try {
            app_.parse(argc, argv);
        } catch (CLI::ParseError const& error) {
            if (error.get_exit_code() == 0) { // --help
                app_.exit(error);
                return 0;
            }
            auto const unknown = argc > 1 && argv[1][0] != '-' && !is_command(argv[1]);
            std::cerr << (unknown ? std::string(argv[1]) + ": there is no such command" : error.what()) << "; see yiqi help\n";
            return 2;
        }
        if (wanted_.help) {
            app_.clear();
            std::cout << app_.help();
        }
        return wanted_.run ? with_config() : 0;
    }

private:
    [[nodiscard]] bool is_command(std::string const& word) const
    {
        auto const commands = app_.get_subcommands([&](CLI::App const* command) { return command->get_name() == word; });
        return !commands.empty();
    }

    int with_config()
    {
        auto loaded = load_config(wanted_.config, Surroundings::real());
        if (auto const* errors = std::get_if<ConfigErrors>(&loaded)) {
            for (auto const& line : errors->lines)
                std::cerr << line << "\n";
            return 2;
        }
        auto const& config = std::get<Config>(loaded);
        cli::announce(config);
        try {
            return wanted_.run(config);
        } catch (std::exception const& failure) {
            std::cerr << failure.what() << "\n";
            return 1;
        }
    }

    CLI::App* command(char const* name, char const* help, std::function<int(Config const&)> run, CLI::App* parent = nullptr)
    {
        auto* made = (parent ? parent : &app_)->add_subcommand(name, help);
        made->add_option("--config", wanted_.config, "The configuration file");
        made->callback([this, run = std::move(run)] { wanted_.run = run; });
        return made;
    }

    void add_running()
    {
        auto* serve = command("serve", "Runs the service",
                              [this](Config const& config) { return cli::serve(config, wanted_.config, wanted_.serve, parts_); });
        serve->add_option("--listen", wanted_.serve.listen, "ADDRESS:PORT instead of the configured one");
        serve->add_flag("--demo", wanted_.serve.demo, "Loads the demo district into an empty store and opens the playground");
        command("migrate", "Brings the store to this program's schema", cli::migrate);
        command("check-config", "Checks the configuration", cli::check_config);
        command("doctor", "Checks everything that a deployment needs",
                [this](Config const& config) { return cli::doctor(config, parts_); });
    }

    void add_data()
    {
        auto* import = app_.add_subcommand("import", "Loads a district, a roll or a catalogue");
        import->require_subcommand(1);
        auto* district = command(
            "district", "Loads an organisation from its folder, all or nothing",
            [this](Config const& config) { return cli::import_district(config, wanted_.path, wanted_.bind); }, import);
        district->add_option("DIR", wanted_.path, "The folder")->required();
        district->add_option("--bind", wanted_.bind, "CHANNEL as platform/name whose ids the files hold; may be repeated")
            ->take_all()
            ->allow_extra_args(false);
        command(
            "roll", "Loads a household roll, all or nothing",
            [this](Config const& config) { return cli::import_roll(config, wanted_.path); }, import)
            ->add_option("FILE", wanted_.path)
            ->required();
        command(
            "catalogue", "Loads a points catalogue, all or nothing",
            [this](Config const& config) { return cli::import_catalogue(config, wanted_.path); }, import)
            ->add_option("FILE", wanted_.path)
            ->required();
        command("parse", "Reads utterances as JSON lines and prints what they mean",
                [this](Config const& config) { return cli::parse(config, parts_); });
        command("backup", "Copies the store into one verified file",
                [this](Config const& config) { return cli::backup(config, wanted_.path); })
            ->add_option("FILE", wanted_.path)
            ->required();
        command("restore", "Restores a backup into an empty store",
                [this](Config const& config) { return cli::restore(config, wanted_.path); })
            ->add_option("FILE", wanted_.path)
            ->required();
        command("verify", "Checks the books of the store or of a backup", [this](Config const& config) {
            return cli::verify(config, wanted_.path);
        })->add_option("FILE", wanted_.path);
    }

    void add_later()
    {
        auto* out = command("export", "Writes proposals, votes, points, cases, ratings or audit to a file", [this](Config const& config) {
            return cli::export_data(config, {wanted_.word, wanted_.community, wanted_.format, wanted_.out});
        });
        out->add_option("WHAT", wanted_.word)
            ->required()
            ->check(CLI::IsMember({"proposals", "votes", "points", "cases", "ratings", "audit"}));
        out->add_option("--community", wanted_.community, "Only this community");
        out->add_option("--format", wanted_.format)->check(CLI::IsMember({"csv", "json", "xlsx"}));
        out->add_option("--out", wanted_.out, "The file; standard output without it");
        auto* user = app_.add_subcommand("user", "Console accounts");
        user->require_subcommand(1);
        for (auto const* name : {"add", "passwd", "list", "disable"}) {
            auto run = [name](Config const&) { return cli::not_in_this_build(std::string("user ") + name); };
            command(name, "Console accounts", run, user)->add_option("NAME", wanted_.word);
        }
        command("invite", "Makes invitation codes", [](Config const&) { return cli::not_in_this_build("invite"); })->allow_extras();
    }

    void add_telling()
    {
        app_.add_subcommand("version", "Says which version this is")->callback([] { std::cout << "yiqi " << YIQI_VERSION << "\n"; });
        app_.add_subcommand("help", "Says how to use it")->callback([this] { wanted_.help = true; });
    }

    Parts const& parts_;
    Wanted wanted_;
    CLI::App app_{"议起 — self-governance in the group chat", "yiqi"};
};

} // namespace

int run_command_line(int argc, char const* const* argv, Parts const& parts)
{
    return CommandLine(parts).run(argc, argv);
}

} // namespace bot
