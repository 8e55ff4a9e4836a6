// Memory that runs out where a test wants it to: operator new throws
// std::bad_alloc while a ShortMemory lives.
#pragma once

#include <cstddef>
#include <limits>

namespace backstep {

class ShortMemory {
 public:
  static constexpr std::size_t any_size = std::numeric_limits<std::size_t>::max();

  // Nothing of `size` bytes or more can be had.
  static ShortMemory of_size(std::size_t size) { return {size, -1}; }
  // The allocation after `count` others fails, and that one only.
  static ShortMemory after(long count) { return {any_size, count}; }
  ~ShortMemory();
  ShortMemory(const ShortMemory&) = delete;
  ShortMemory& operator=(const ShortMemory&) = delete;

  bool has_failed() const;

 private:
  ShortMemory(std::size_t size, long count);
};

}  // namespace backstep
