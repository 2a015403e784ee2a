#pragma once

#include "bot/parts.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>

namespace bot {

/// Errors that an operator can mend; the text says how.
class StartError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The running service: store, channels, conversation, server, pump and scheduler, started and stopped in order.
class App {
public:
    /// Opens and migrates the store, sets the clock, makes the channels and takes the port; nothing is answered yet. With `demo` an empty
    /// store gets the demo district first.
    /// Errors: StartError, storage::StoreError, std::system_error.
    App(Config config, Parts const& parts, bool demo);
    ~App();
    App(App const&) = delete;
    App& operator=(App const&) = delete;

    void start();
    [[nodiscard]] std::uint16_t port() const;
    /// Takes over what can change while running from a configuration just read; names in the log what needs a restart.
    void reload(Config const& config);
    /// Stops accepting, finishes what is in flight within `grace`, makes everything durable. Called once.
    void stop(std::chrono::milliseconds grace);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace bot
