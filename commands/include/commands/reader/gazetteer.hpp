#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Names of places and things that messages may speak of. Plain values, filled from the store or from a district's files.
namespace commands::reader {

struct Building {
    std::string label; ///< "3", "A"
    int units = 0;     ///< 0: unknown
    int floors = 0;    ///< 0: unknown
};

struct Estate {
    std::string name; ///< official
    std::vector<std::string> aliases;
    std::vector<Building> buildings; ///< empty: unknown, then any building is possible
};

struct Road {
    std::string name;
    int number_from = 0;
    int number_to = 0; ///< 0: unknown
};

struct Village {
    std::string name;
};

struct Hamlet {
    std::string name;
    std::string village; ///< official name
    std::vector<std::string> aliases;
};

struct Site {
    std::string name;
    std::vector<std::string> aliases;
};

struct GridName {
    std::string id;   ///< as in G07
    std::string name; ///< as in 林东花苑网格
    std::vector<std::string> aliases;
};

struct Department {
    std::string id;
    std::string name;
    std::vector<std::string> aliases;
};

struct Goods {
    std::string name;
    std::vector<std::string> synonyms;
};

struct Gazetteer {
    std::vector<Estate> estates;
    std::vector<Road> roads;
    std::vector<Village> villages;
    std::vector<Hamlet> hamlets;
    std::vector<Site> sites;
    std::vector<GridName> grids;
    std::vector<std::string> landmarks;
    std::vector<Department> departments;
    std::vector<Goods> goods;
    std::vector<std::string> bot_names; ///< what follows "@" when the bot is addressed
};

} // namespace commands::reader
