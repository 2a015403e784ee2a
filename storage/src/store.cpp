#include "storage/store.hpp"

#include <future>
#include <utility>

namespace storage {
namespace {

Store::Done fulfil(std::shared_ptr<std::promise<void>> const& promise)
{
    return [promise](std::exception_ptr failure) {
        if (failure)
            promise->set_exception(std::move(failure));
        else
            promise->set_value();
    };
}

} // namespace

void Store::write_now(Work work)
{
    auto promise = std::make_shared<std::promise<void>>();
    auto finished = promise->get_future();
    write(std::move(work), fulfil(promise));
    finished.get();
}

void Store::read_now(Work work)
{
    auto promise = std::make_shared<std::promise<void>>();
    auto finished = promise->get_future();
    read(std::move(work), fulfil(promise));
    finished.get();
}

} // namespace storage
