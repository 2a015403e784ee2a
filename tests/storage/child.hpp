#pragma once

#include <functional>
#include <sys/types.h>

namespace storage_tests {

/// A process of its own, forked while the test has no threads: it may be killed, or have limits of its own.
class Child {
public:
    /// Runs `work` with the writing end of a pipe; true means that all was well.
    explicit Child(std::function<bool(int pipe)> const& work);
    ~Child();
    Child(Child const&) = delete;
    Child& operator=(Child const&) = delete;

    /// Reading end of the pipe.
    [[nodiscard]] int pipe() const { return pipe_; }
    void kill();
    /// Waits for the end; true when the work said so.
    bool succeeded();

private:
    pid_t id_ = 0;
    int pipe_ = -1;
    bool waited_ = false;
};

} // namespace storage_tests
