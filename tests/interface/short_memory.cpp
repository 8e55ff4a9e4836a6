#include "short_memory.h"

#include <cstdlib>
#include <new>

namespace {

std::size_t too_large = backstep::ShortMemory::any_size;
long allocations_left = -1;  // negative: not counted
bool failed = false;

void* allocated(std::size_t size) {
  const bool counted_out = allocations_left >= 0 && allocations_left-- == 0;
  void* memory = counted_out || size >= too_large ? nullptr : std::malloc(size ? size : 1);
  if (memory) return memory;
  failed = true;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return allocated(size); }
void* operator new[](std::size_t size) { return allocated(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace backstep {

ShortMemory::ShortMemory(std::size_t size, long count) {
  too_large = size;
  allocations_left = count;
  failed = false;
}

ShortMemory::~ShortMemory() {
  too_large = any_size;
  allocations_left = -1;
}

bool ShortMemory::has_failed() const { return failed; }

}  // namespace backstep
