// ThinnedColumns are columns of numbers with one row a step, where steps are
// updates or epochs and only grow. The memory is fixed: when all rows are taken,
// every second one is dropped, and from then on rows are kept half as often. The
// newest row is always there, kept or not.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace backstep {

class ThinnedColumns {
 public:
  ThinnedColumns(std::size_t columns, std::size_t most_rows);

  std::size_t size() const { return steps_.size(); }
  const std::vector<double>& steps() const { return steps_; }
  const std::vector<double>& column(std::size_t number) const { return columns_[number]; }

  // The newest step; −1 without one.
  long last() const { return steps_.empty() ? -1 : static_cast<long>(steps_.back()); }
  // Whether the row of `step` stays when it is no longer the newest.
  bool keeps(long step) const { return step % stride_ == 0; }

  // `row` has a number for each column; `step` is later than last().
  void add(long step, std::span<const double> row);
  void forget_from(long step);  // and all rows after it

 private:
  void shorten_to(std::size_t rows);
  void drop_every_second();

  std::size_t most_rows_;
  std::vector<double> steps_;
  std::vector<std::vector<double>> columns_;
  long stride_ = 1;
};

}  // namespace backstep
