#include "core/precision_check.h"

namespace backstep {

const char* name_of(Spoilt spoilt) {
  switch (spoilt) {
    case Spoilt::underflow:
      return "underflow";
    case Spoilt::overflow:
      return "overflow";
    case Spoilt::not_a_number:
      return "not a number";
  }
  return "";
}

}  // namespace backstep
