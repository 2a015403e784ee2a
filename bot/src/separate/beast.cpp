// Beast's own code, compiled once here instead of in every file that names it.
#include <boost/beast/src.hpp>
