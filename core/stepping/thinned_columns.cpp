#include "core/stepping/thinned_columns.h"

#include <cassert>

namespace backstep {

// All memory is taken at once: training adds rows without allocating.
ThinnedColumns::ThinnedColumns(std::size_t columns, std::size_t most_rows)
    : most_rows_(most_rows), columns_(columns) {
  steps_.reserve(most_rows);
  for (auto& column : columns_) column.reserve(most_rows);
}

void ThinnedColumns::add(long step, std::span<const double> row) {
  assert(step > last() && "steps grow");
  assert(row.size() == columns_.size() && "one number for each column");
  if (!steps_.empty() && !keeps(last())) shorten_to(size() - 1);
  if (size() == most_rows_) drop_every_second();
  steps_.push_back(static_cast<double>(step));
  for (std::size_t i = 0; i < row.size(); ++i) columns_[i].push_back(row[i]);
}

void ThinnedColumns::forget_from(long step) {
  std::size_t rows = size();
  while (rows > 0 && static_cast<long>(steps_[rows - 1]) >= step) --rows;
  shorten_to(rows);
}

void ThinnedColumns::shorten_to(std::size_t rows) {
  steps_.resize(rows);
  for (auto& column : columns_) column.resize(rows);
}

void ThinnedColumns::drop_every_second() {
  stride_ *= 2;
  std::size_t kept = 0;
  for (std::size_t row = 0; row < size(); ++row) {
    if (!keeps(static_cast<long>(steps_[row]))) continue;
    steps_[kept] = steps_[row];
    for (auto& column : columns_) column[kept] = column[row];
    ++kept;
  }
  shorten_to(kept);
}

}  // namespace backstep
