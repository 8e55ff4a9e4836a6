// How an exception is reported to the user.
#pragma once

#include <exception>
#include <string>

namespace backstep {

// A sentence. Our own exceptions already are sentences. For any other it says that `what`
// ("opening net.json") failed, and in which state that leaves things.
std::string failure_words(const std::exception& error, const std::string& what,
                          const std::string& stand = "nothing was changed");

}  // namespace backstep
