#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace bot {

/// Calls functions at their time, on a thread of its own. For the rare things that must be tried again later; they must be short.
class Alarm {
public:
    Alarm();
    /// Drops what has not come due.
    ~Alarm();
    Alarm(Alarm const&) = delete;
    Alarm& operator=(Alarm const&) = delete;

    void after(std::chrono::milliseconds delay, std::function<void()> act);

private:
    void run();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::multimap<std::chrono::steady_clock::time_point, std::function<void()>> waiting_; ///< under mutex_
    bool stopping_ = false;                                                               ///< under mutex_
    std::thread thread_;
};

} // namespace bot
