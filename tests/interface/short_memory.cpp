#include "short_memory.h"

#include <cstdlib>
#include <new>

namespace {

std::size_t too_large = backstep::ShortMemory::any_size;
long allocations_left = -1;  // negative while nothing is counted
bool failed = false;

void* allocated(std::size_t size) {
  const bool counted_out = allocations_left >= 0 && allocations_left-- == 0;
  void* memory = counted_out || size >= too_large ? nullptr : std::malloc(size ? size : 1);
  failed = failed || !memory;
  return memory;
}

void* allocated_or_thrown(std::size_t size) {
  if (void* memory = allocated(size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

// Every form of new is replaced that the deletes below belong to, as new and delete must match.
void* operator new(std::size_t size) { return allocated_or_thrown(size); }
void* operator new[](std::size_t size) { return allocated_or_thrown(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocated(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocated(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

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
