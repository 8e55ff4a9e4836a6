// Memory that runs out where a test wants it to: while a ShortMemory lives, operator new throws
// std::bad_alloc.
#pragma once

#include <cstddef>
#include <limits>

namespace backstep {

class ShortMemory {
 public:
  static constexpr std::size_t any_size = std::numeric_limits<std::size_t>::max();

  // Allocations of `size` bytes or more fail.
  static ShortMemory of_size(std::size_t size) { return {size, -1}; }
  // Only the allocation after `count` others fails.
  static ShortMemory after(long count) { return {any_size, count}; }
  ~ShortMemory();
  ShortMemory(const ShortMemory&) = delete;
  ShortMemory& operator=(const ShortMemory&) = delete;

  bool has_failed() const;

 private:
  ShortMemory(std::size_t size, long count);
};

}  // namespace backstep
