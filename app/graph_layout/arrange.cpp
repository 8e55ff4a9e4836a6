#include "app/graph_layout/arrange.h"

#include <algorithm>
#include <limits>
#include <map>

namespace backstep {
namespace {

constexpr float nothing = std::numeric_limits<float>::max();

int count_of(const Links& links) { return static_cast<int>(links.in.size()); }

// The length of the longest way from each item to the goal; -1 if there is none.
std::vector<int> distances_to(const Links& links, int goal) {
  std::vector<int> distance(links.in.size(), -1);
  for (int item = goal; item >= 0; --item) {
    if (item == goal) distance[item] = 0;
    for (const Link& link : links.out[item])
      if (distance[link.to] >= 0) distance[item] = std::max(distance[item], distance[link.to] + 1);
  }
  return distance;
}

// The predecessor that continues the row to the left, or -1.
const Link* main_link(const Links& links, const std::vector<int>& weight, int item) {
  const Link* best = nullptr;
  for (const Link& link : links.in[item])
    if (!best || weight[link.from] > weight[best->from]) best = &link;
  return best;
}

// The first item that needs `item`: the one in the nearest column.
const Link* first_use(const Links& links, const std::vector<int>& columns, int item) {
  const Link* best = nullptr;
  for (const Link& link : links.out[item])
    if (!best || columns[link.to] < columns[best->to]) best = &link;
  return best;
}

// The space taken so far, by column.
class Skyline {
 public:
  explicit Skyline(int columns) : top_(columns, nothing), bottom_(columns, -nothing) {}

  // The y nearest to the spine at which the chain is below, or above, all that is there.
  float below(const std::vector<Extent>& chain, int first, float gap) const {
    float y = -nothing;
    for (std::size_t i = 0; i < chain.size(); ++i)
      y = std::max(y, bottom_[first + i] + gap + chain[i].up);
    return y;
  }
  float above(const std::vector<Extent>& chain, int first, float gap) const {
    float y = nothing;
    for (std::size_t i = 0; i < chain.size(); ++i)
      y = std::min(y, top_[first + i] - gap - chain[i].down);
    return y;
  }
  void take(const std::vector<Extent>& chain, int first, float y) {
    for (std::size_t i = 0; i < chain.size(); ++i) {
      top_[first + i] = std::min(top_[first + i], y - chain[i].up);
      bottom_[first + i] = std::max(bottom_[first + i], y + chain[i].down);
    }
  }

 private:
  std::vector<float> top_, bottom_;
};

// The space a chain takes in each of its columns; where it only passes through, a line.
std::vector<Extent> extents_of(const Chain& chain, const std::vector<Outline>& items,
                               const std::vector<int>& columns) {
  const int first = columns[chain.items.front()];
  std::vector<Extent> extents(columns[chain.items.back()] - first + 1, Extent{0, 0, 6, 6});
  for (int item : chain.items) extents[columns[item] - first] = items[item].extent;
  return extents;
}

struct Row {
  float y = 0;
  int side = 0;  // -1 above the spine, 1 below, 0 on it
};

Row row_of(const Chain& chain, const std::vector<Extent>& extents, int first, int side,
           const Skyline& skyline, float gap) {
  const float above = skyline.above(extents, first, gap);
  const float below = skyline.below(extents, first, gap);
  if (below == -nothing) return {0, 1};  // nothing is there yet
  if (side == 0) {
    const float lead = chain.comes_first ? 40.0f : -40.0f;
    side = -above < below + lead ? -1 : 1;
  }
  return {side < 0 ? above : below, side};
}

std::vector<float> rows_of(const std::vector<Outline>& items, const std::vector<int>& columns,
                           const std::vector<Chain>& chains, float gap) {
  Skyline skyline(*std::max_element(columns.begin(), columns.end()) + 1);
  std::vector<Row> rows(items.size());
  for (const Chain& chain : chains) {
    const std::vector<Extent> extents = extents_of(chain, items, columns);
    const int first = columns[chain.items.front()];
    Row row;
    if (&chain != &chains.front()) {
      const int side = chain.leads_to < 0 ? 1 : rows[chain.leads_to].side;
      row = row_of(chain, extents, first, side, skyline, gap);
    }
    skyline.take(extents, first, row.y);
    for (int item : chain.items) rows[item] = row;
  }
  std::vector<float> y(items.size());
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = rows[i].y;
  return y;
}

// How many lines change their row in the gap before each column.
std::vector<int> bends_before(const Links& links, const std::vector<int>& columns,
                              const std::vector<float>& y, int column_count) {
  std::vector<int> bends(column_count, 0);
  for (const auto& out : links.out)
    for (const Link& link : out) {
      if (y[link.from] == y[link.to]) continue;
      ++bends[columns[link.to]];
      if (columns[link.from] + 1 < columns[link.to]) ++bends[columns[link.from] + 1];
    }
  return bends;
}

// How far to the right the items placed so far extend, by height.
class Frontier {
 public:
  float farthest(float top, float bottom) {
    float right = -nothing;
    for (auto step = step_at(top); step != steps_.end() && step->first < bottom; ++step)
      right = std::max(right, step->second);
    return right;
  }
  void move_to(float right, float top, float bottom) {
    const float beyond = std::prev(steps_.upper_bound(bottom))->second;
    steps_.erase(steps_.lower_bound(top), steps_.upper_bound(bottom));
    steps_[top] = right;
    steps_[bottom] = beyond;
  }

 private:
  std::map<float, float>::iterator step_at(float y) { return std::prev(steps_.upper_bound(y)); }

  std::map<float, float> steps_ = {{-nothing, -nothing}};  // from a height on, up to the next
};

struct ColumnReach {
  float left = 0, right = 0;
  void add(float to_left, float to_right) {
    left = std::max(left, to_left);
    right = std::max(right, to_right);
  }
};

// The rows decide how far apart columns are. What is attached to an item may extend below
// its neighbours, unless lines run up and down between them.
std::vector<float> column_positions(const std::vector<Outline>& items,
                                    const std::vector<int>& columns, const std::vector<float>& y,
                                    const std::vector<int>& bends, const Gaps& gaps) {
  const std::size_t count = bends.size();
  std::vector<ColumnReach> rows(count), wholes(count);
  std::vector<std::vector<int>> members(count);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Rect& row = items[i].parts.front();
    rows[columns[i]].add(-row.x, row.right());
    wholes[columns[i]].add(items[i].extent.left, items[i].extent.right);
    members[columns[i]].push_back(static_cast<int>(i));
  }
  std::vector<float> x(count, wholes[0].left);
  Frontier frontier;
  for (std::size_t c = 0; c < count; ++c) {
    if (c > 0 && bends[c] > 0)
      x[c] = x[c - 1] + wholes[c - 1].right + gaps.column + gaps.bend +
             3 * static_cast<float>(std::min(bends[c] - 1, 8)) + wholes[c].left;
    else if (c > 0)
      x[c] = x[c - 1] + rows[c - 1].right + gaps.column + rows[c].left;
    for (int item : members[c])
      for (const Rect& part : items[item].parts) {
        const float top = y[item] + part.y - gaps.beside, bottom = y[item] + part.bottom();
        x[c] = std::max(x[c], frontier.farthest(top, bottom + gaps.beside) + gaps.beside - part.x);
      }
    for (int item : members[c])
      for (const Rect& part : items[item].parts)
        frontier.move_to(x[c] + part.right(), y[item] + part.y, y[item] + part.bottom());
  }
  return x;
}

}  // namespace

void Links::add(Link link) {
  in[link.to].push_back(link);
  out[link.from].push_back(link);
}

std::vector<int> columns_of(const Links& links, int goal) {
  const std::vector<int> distance = distances_to(links, goal);
  const int last = *std::max_element(distance.begin(), distance.end());
  std::vector<int> columns(links.in.size(), 0);
  for (int item = 0; item < count_of(links); ++item) {
    if (distance[item] >= 0) {
      columns[item] = last - distance[item];
      continue;
    }
    // An item that leads nowhere is placed right after those it needs.
    for (const Link& link : links.in[item])
      columns[item] = std::max(columns[item], columns[link.from] + 1);
  }
  return columns;
}

std::vector<Chain> chains_of(const Links& links, const std::vector<int>& columns,
                             const std::vector<int>& weight, int goal) {
  std::vector<char> taken(links.in.size(), 0);
  std::vector<std::vector<Chain>> joining(links.in.size());  // by the item led to
  std::vector<Chain> loose;
  const auto chain_from = [&](int end) {
    Chain chain;
    for (int item = end; item >= 0 && !taken[item];) {
      taken[item] = 1;
      chain.items.push_back(item);
      const Link* main = main_link(links, weight, item);
      item = main ? main->from : -1;
    }
    std::reverse(chain.items.begin(), chain.items.end());
    return chain;
  };
  std::vector<Chain> chains = {chain_from(goal)};
  for (int item = count_of(links) - 1; item >= 0; --item) {
    if (taken[item]) continue;
    Chain chain = chain_from(item);
    const Link* use = first_use(links, columns, item);
    if (!use) {
      loose.push_back(std::move(chain));
      continue;
    }
    const Link* main = main_link(links, weight, use->to);
    chain.leads_to = use->to;
    chain.comes_first = main && use->operand < main->operand;
    joining[use->to].push_back(std::move(chain));
  }

  // Depth first, and from left to right along each chain: chains that join further left are
  // nearer, so that no row crosses another.
  std::vector<std::pair<int, std::size_t>> open;  // item, chains of it already placed
  const auto open_chain = [&](const Chain& chain) {
    for (auto item = chain.items.rbegin(); item != chain.items.rend(); ++item)
      open.emplace_back(*item, 0);
  };
  const auto drain = [&] {
    while (!open.empty()) {
      auto& [item, next] = open.back();
      if (next == joining[item].size()) {
        open.pop_back();
        continue;
      }
      Chain chain = std::move(joining[item][next++]);
      chains.push_back(chain);
      open_chain(chain);
    }
  };
  open_chain(chains.front());
  drain();
  for (Chain& chain : loose) {
    chains.push_back(chain);
    open_chain(chain);
    drain();
  }
  return chains;
}

std::vector<Point> place(const std::vector<Outline>& items, const Links& links,
                         const std::vector<int>& columns, const std::vector<Chain>& chains,
                         Gaps gaps) {
  const std::vector<float> y = rows_of(items, columns, chains, gaps.row);
  const int column_count = *std::max_element(columns.begin(), columns.end()) + 1;
  const std::vector<int> bends = bends_before(links, columns, y, column_count);
  const std::vector<float> x = column_positions(items, columns, y, bends, gaps);
  std::vector<Point> points(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) points[i] = {x[columns[i]], y[i]};
  return points;
}

}  // namespace backstep
