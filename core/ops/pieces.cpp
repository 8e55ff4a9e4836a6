// Matrices put side by side, and rows and columns taken out of one.
#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/ops/op_rows.h"

namespace backstep::op_table {

namespace {

// ---- concat ----

bool side_by_side(const Call& c) { return c.options[0] != 0; }  // axis=1

Shape joined_shape(std::span<const Shape> in, const Call& call, std::string& mistake) {
  const auto compare = [&](Index a, Index b, const std::string& what) {
    if (a != b) mistake = text("{} against {}", counted(a, what), b);
  };
  if (side_by_side(call)) {
    compare(in[0].rows, in[1].rows, "row");
    return {in[0].rows, in[0].columns + in[1].columns};
  }
  compare(in[0].columns, in[1].columns, "column");
  return {in[0].rows + in[1].rows, in[0].columns};
}

// Where the operand's first entry stands in the output.
Index joined_at(const Call& c, int operand) {
  if (operand == 0) return 0;
  return side_by_side(c) ? c.in[0].shape.columns : c.in[0].shape.size();
}

// The entry of the output that holds entry `i` of the operand.
Index joined_entry(const Call& c, int operand, Index i) {
  const Index columns = c.in[static_cast<std::size_t>(operand)].shape.columns;
  return joined_at(c, operand) + i / columns * c.out.shape.columns + i % columns;
}

void join(const Call& c) {
  for (int operand = 0; operand < 2; ++operand) {
    const View in = c.in[static_cast<std::size_t>(operand)];
    for (Index i = 0; i < in.shape.size(); ++i) c.out[joined_entry(c, operand, i)] = in[i];
  }
}

template <int operand>
Partial joined_partial() {
  return {.formula = "1 for its own entries, else 0",
          .local_at = [](const Call& c, Index o,
                         Index i) { return o == joined_entry(c, operand, i) ? 1.0 : 0.0; },
          .pullback =
              [](const Call& c, View upstream, View contribution) {
                for (Index i = 0; i < contribution.shape.size(); ++i)
                  contribution[i] = upstream[joined_entry(c, operand, i)];
              }};
}

// The operand and the entry of it that output entry `o` holds.
struct Joined {
  std::size_t operand;
  Index entry;
};

Joined behind(const Call& c, Index o) {
  const Index row = o / c.out.shape.columns, column = o % c.out.shape.columns;
  const Shape first = c.in[0].shape, second = c.in[1].shape;
  if (row < first.rows && column < first.columns) return {0, row * first.columns + column};
  return side_by_side(c) ? Joined{1, row * second.columns + column - first.columns}
                         : Joined{1, (row - first.rows) * second.columns + column};
}

// ---- slices ----
//
// Rows and columns from `begin` up to but not including `end`, as in Python: a bound
// that is not given means all the way, a negative one counts from the end, and `end`
// may be too large.
struct Range {
  Index begin, end;
};

Range range_of(const Options& options, int first, Index count) {
  const auto place = [&](int option, Index open) {
    const double given = options[static_cast<std::size_t>(option)];
    if (!(given == given)) return open;
    const Index at = static_cast<Index>(given);
    return at < 0 ? at + count : at;
  };
  return {place(first, 0), std::min(place(first + 1, count), count)};
}

Range rows_of(const Call& c, Shape in) { return range_of(c.options, 0, in.rows); }
Range columns_of(const Call& c, Shape in) { return range_of(c.options, 2, in.columns); }

// "1:3", as it was written.
std::string written(const Options& options, int first) {
  const auto word = [&](int option) {
    const double given = options[static_cast<std::size_t>(option)];
    return given == given ? std::to_string(static_cast<Index>(given)) : std::string();
  };
  return word(first) + ":" + word(first + 1);
}

Shape sliced_shape(std::span<const Shape> in, const Call& call, std::string& mistake) {
  const auto check = [&](Range range, int first, Index count, const char* what) {
    const std::string range_text = written(call.options, first);
    if (range.begin < 0)
      mistake = text("has {}, and {} begins before the first", counted(count, what), range_text);
    else if (range.begin >= range.end)
      mistake = text("has {}, counted from 0, and {} takes none", counted(count, what), range_text);
  };
  const Range rows = rows_of(call, in[0]), columns = columns_of(call, in[0]);
  check(columns, 2, in[0].columns, "column");
  check(rows, 0, in[0].rows, "row");
  return {rows.end - rows.begin, columns.end - columns.begin};
}

// The entry of the operand that output entry `o` holds.
Index sliced_entry(const Call& c, Index o) {
  const Shape in = c.in[0].shape;
  const Index columns = c.out.shape.columns;
  return (rows_of(c, in).begin + o / columns) * in.columns + columns_of(c, in).begin + o % columns;
}

bool is_whole(double number) { return number == std::floor(number); }

Option place(const char* name) {
  return {.name = name, .fits = is_whole, .takes = "is a whole number"};
}

}  // namespace

std::span<const Op> pieces() {
  static const Op table[] = {
      {.name = "concat",
       .token = "concat",
       .spelling = Spelling::call,
       .sign = "concat",
       .operands = {"a", "b"},
       .formula = "[{a}, {b}] if {axis} = 1, else [{a}; {b}]",
       .note = "Both side by side, or with axis=0 one above the other; each gets back its own "
               "part of the gradient.",
       .options = {{.name = "axis", .choices = {0, 1}, .default_value = 1}},
       .shape = joined_shape,
       .forward = join,
       .partials = {joined_partial<0>(), joined_partial<1>()},
       .expansion = {.term = "{entry}",
                     .count = one_term,
                     .entries = [](const Call& c, Index o, Index) -> Term {
                       const Joined from = behind(c, o);
                       Term term = {};
                       term[from.operand] = from.entry;
                       return term;
                     },
                     .numbers = [](const Call& c, Index o, Index) -> NumberWords {
                       const Joined from = behind(c, o);
                       return {{"entry", c.in[from.operand][from.entry]}};
                     }},
       .samples = anywhere,
       .pytorch = "torch.cat(({a}, {b}), dim=axis)"},
      {.name = "slice",
       .token = "[:]",
       .spelling = Spelling::slice,
       .sign = "[ ]",
       .operands = {"x"},
       .formula = "{x}[rows, columns]",
       .note = "x[:, 0:2] takes columns 0 and 1; what was not taken gets no gradient from here.",
       .options = {place("first_row"), place("end_row"), place("first_column"),
                   place("end_column")},
       .shape = sliced_shape,
       .forward =
           [](const Call& c) {
             for (Index o = 0; o < c.out.shape.size(); ++o) c.out[o] = c.in[0][sliced_entry(c, o)];
           },
       .partials = {{.formula = "1 for what was taken, else 0",
                     .local_at = [](const Call& c, Index o,
                                    Index i) { return i == sliced_entry(c, o) ? 1.0 : 0.0; },
                     .pullback =
                         [](const Call& c, View upstream, View contribution) {
                           array(contribution).setZero();
                           for (Index o = 0; o < upstream.shape.size(); ++o)
                             contribution[sliced_entry(c, o)] = upstream[o];
                         }}},
       .expansion = {.term = "{x}",
                     .count = one_term,
                     .entries = [](const Call& c, Index o, Index) -> Term {
                       return {sliced_entry(c, o)};
                     }},
       .samples = anywhere},
  };
  return table;
}

}  // namespace backstep::op_table
