#include "commands.hpp"

#include "bot/app.hpp"
#include "bot/config_load.hpp"
#include "bot/log.hpp"

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <thread>
#include <variant>

namespace bot::cli {
namespace {

constexpr std::chrono::seconds kGrace{10};

/// The signals that the main thread waits for, blocked in every thread made afterwards.
sigset_t block_signals()
{
    std::signal(SIGPIPE, SIG_IGN); // a peer that leaves is an error code, not the end
    sigset_t set;
    sigemptyset(&set);
    for (auto const signal : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&set, signal);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    return set;
}

int wait_for_signal(sigset_t const& set)
{
    auto signal = 0;
    sigwait(&set, &signal);
    return signal;
}

/// Connections are descriptors: takes as many as the system grants.
void raise_descriptor_limit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/// A second signal while stopping ends the program at once; what was acknowledged is durable either way.
void end_at_second_signal(sigset_t const& set)
{
    std::thread([set] {
        while (wait_for_signal(set) == SIGHUP) {
        }
        _exit(1);
    }).detach();
}

/// Freed memory stays with the process: giving it back and taking it again at every burst costs more than the work in between.
void keep_freed_memory()
{
#ifdef __GLIBC__
    constexpr int kKeptBytes = 64 << 20;
    mallopt(M_TRIM_THRESHOLD, kKeptBytes);
    mallopt(M_MMAP_THRESHOLD, kKeptBytes / 2);
#endif
}

/// What the command line decides, whatever the file says.
void apply(ServeOptions const& options, Config& config)
{
    if (auto const address = parse_listen(options.listen))
        config.server.listen = *address;
    config.playground = config.playground || options.demo;
}

void reload(App& app, std::string const& config_option, ServeOptions const& options)
{
    auto loaded = load_config(config_option, Surroundings::real());
    if (auto const* errors = std::get_if<ConfigErrors>(&loaded)) {
        for (auto const& line : errors->lines)
            log(Level::error, "reload_refused", {{"error", line}});
        return;
    }
    try {
        apply(options, std::get<Config>(loaded));
        app.reload(std::get<Config>(loaded));
    } catch (std::exception const& failure) {
        log(Level::error, "reload_refused", {{"error", failure.what()}});
    }
}

void tell_addresses(Config const& config, std::uint16_t port)
{
    auto const host =
        config.server.listen.host.find(':') == std::string::npos ? config.server.listen.host : "[" + config.server.listen.host + "]";
    auto const base = "http://" + host + ":" + std::to_string(port);
    std::cout << "议起已启动 " << base << "\n";
    if (config.playground)
        std::cout << "模拟群 " << base << "/playground/\n";
    std::cout << std::flush;
}

} // namespace

int serve(Config config, std::string const& config_option, ServeOptions const& options, Parts const& parts)
{
    if (!options.listen.empty() && !parse_listen(options.listen)) {
        std::cerr << "--listen: must be ADDRESS:PORT with a numeric address, as in 127.0.0.1:8080\n";
        return 2;
    }
    apply(options, config);
    auto const signals = block_signals();
    raise_descriptor_limit();
    keep_freed_memory();
    set_up_log(config.log);
    App app(config, parts, options.demo);
    app.start();
    tell_addresses(config, app.port());
    while (wait_for_signal(signals) == SIGHUP)
        reload(app, config_option, options);
    end_at_second_signal(signals);
    app.stop(kGrace);
    return 0;
}

} // namespace bot::cli
