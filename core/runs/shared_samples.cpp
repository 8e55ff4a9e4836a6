#include "core/runs/shared_samples.h"

namespace backstep {

bool operator==(const SharedSamples& a, const SharedSamples& b) {
  if (!a || !b) return !a && !b;
  if (&*a == &*b) return true;
  return a->train == b->train && a->inputs == b->inputs && a->targets == b->targets &&
         a->kind == b->kind;
}

}  // namespace backstep
