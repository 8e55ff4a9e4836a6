#include "core/base/failure_words.h"

#include <new>
#include <stdexcept>

namespace backstep {

std::string failure_words(const std::exception& error, const std::string& what,
                          const std::string& stand) {
  // A length_error is of a vector longer than any memory.
  if (dynamic_cast<const std::bad_alloc*>(&error) || dynamic_cast<const std::length_error*>(&error))
    return "There is not enough memory for " + what + "; " + stand + ".";
  if (dynamic_cast<const std::logic_error*>(&error))
    return "A fault in Backstep (" + std::string(error.what()) + ") stopped " + what + "; " +
           stand + ".";
  return error.what();
}

}  // namespace backstep
