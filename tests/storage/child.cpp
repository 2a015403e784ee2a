#include "child.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace storage_tests {

Child::Child(std::function<bool(int pipe)> const& work)
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        throw std::runtime_error("pipe");
    id_ = ::fork();
    if (id_ < 0)
        throw std::runtime_error("fork");
    if (id_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::close(ends[0]);
        bool good = false;
        try {
            good = work(ends[1]);
        } catch (std::exception const& error) {
            std::fprintf(stderr, "child: %s\n", error.what());
        }
        ::_exit(good ? 0 : 1);
    }
    ::close(ends[1]);
    pipe_ = ends[0];
}

Child::~Child()
{
    if (!waited_) {
        kill();
        succeeded();
    }
    ::close(pipe_);
}

void Child::kill()
{
    ::kill(id_, SIGKILL);
}

bool Child::succeeded()
{
    int status = 0;
    ::waitpid(id_, &status, 0);
    waited_ = true;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace storage_tests
