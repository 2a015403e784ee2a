#include "commands.hpp"

#include "../store_start.hpp"
#include "doctor_checks.hpp"

#include "bot/app.hpp"

#include <exception>
#include <iostream>

namespace bot::cli {
namespace {

char const* mark(Finding::Grade grade)
{
    switch (grade) {
    case Finding::Grade::good: return "[正常] ";
    case Finding::Grade::note: return "[提醒] ";
    case Finding::Grade::bad: return "[要改] ";
    }
    return "";
}

int print(std::vector<Finding> const& findings)
{
    auto bad = 0;
    for (auto const& finding : findings) {
        std::cout << mark(finding.grade) << finding.words << "\n";
        bad += finding.grade == Finding::Grade::bad ? 1 : 0;
    }
    if (bad == 0)
        std::cout << "可以上线。\n";
    else
        std::cout << "有 " << bad << " 处要改，改好后再运行一次 yiqi doctor。\n";
    return bad == 0 ? 0 : 1;
}

} // namespace

int doctor(Config const& config, Parts const&)
{
    std::vector<Finding> findings;
    check_machine(config, findings);
    check_store(config, findings);
    check_channels(config, findings);
    return print(findings);
}

} // namespace bot::cli
