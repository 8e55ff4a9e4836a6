// What to say to people about an exception.
#pragma once

#include <exception>
#include <string>

namespace backstep {

// A sentence. Exceptions of our own are sentences already; of the others it says
// that `what` ("opening net.json") failed, and how things `stand` then.
std::string failure_words(const std::exception& error, const std::string& what,
                          const std::string& stand = "nothing was changed");

}  // namespace backstep
