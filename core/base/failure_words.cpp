#include "core/base/failure_words.h"

#include <new>
#include <stdexcept>

#include "core/base/text.h"

namespace backstep {

std::string failure_words(const std::exception& error, const std::string& what,
                          const std::string& stand) {
  // A length_error comes from a vector that would not fit into any memory.
  if (dynamic_cast<const std::bad_alloc*>(&error) || dynamic_cast<const std::length_error*>(&error))
    return text("There is not enough memory for {}; {}.", what, stand);
  if (dynamic_cast<const std::logic_error*>(&error))
    return text("A fault in Backstep ({}) stopped {}; {}.", error.what(), what, stand);
  return error.what();
}

}  // namespace backstep
