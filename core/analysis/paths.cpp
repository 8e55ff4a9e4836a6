#include "core/analysis/paths.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <queue>
#include <string_view>

namespace backstep {

namespace {

// With more local derivatives than this the search is given up, so that the answer
// comes as fast as one expects after a click.
constexpr std::size_t most_locals = 1'500'000;

// A step from one entry to an entry of the op that uses it.
struct Way {
  int edge = -1;
  Index to = 0;
  double local = 0;
};

// What is known of an entry on the way: the ways that lead on from it, and the sum,
// number and strongest of all paths from there to the loss.
struct Entry {
  bool reached = false;
  std::size_t first_way = 0, last_way = 0;
  double sum = 0, count = 0;
  double strongest = 0;  // |product| of the strongest path
};

// NaN counts as strongest, so that it is always shown.
double strength(double product) {
  return std::isnan(product) ? std::numeric_limits<double>::infinity() : std::abs(product);
}

// The entries of the output of `node` that an entry of its operand may change.
class Targets {
 public:
  Targets(const Node& node, const GraphEdge& edge, Shape from, Index entry) {
    const Shape out = node.value.shape;
    const std::string_view op = node.op->name;
    const Index row = entry / from.columns, column = entry % from.columns;
    if (node.op->is_elementwise()) {
      block_ = broadcast_targets(from, out, entry);
    } else if (op == "matmul" && edge.operand == 0) {
      rows(row, 1);
      columns(0, out.columns);
    } else if (op == "matmul") {
      rows(0, out.rows);
      columns(column, 1);
    } else if (op == "transpose") {
      rows(column, 1);
      columns(row, 1);
    } else if (op == "sum" || op == "mean") {
      rows(out.rows == 1 ? 0 : row, 1);
      columns(out.columns == 1 ? 0 : column, 1);
    } else {
      const bool own_row = op.ends_with("softmax") || (op == "layer_norm" && edge.operand == 0);
      const bool own_column = op == "batch_norm" || (op == "layer_norm" && edge.operand > 0);
      rows(own_row ? row : 0, own_row ? 1 : out.rows);
      columns(own_column ? column : 0, own_column ? 1 : out.columns);
      may_be_none_ = true;
    }
  }

  const EntryBlock& block() const { return block_; }
  // Whether the block may be too large: there, a local derivative of 0 means that there
  // is no way.
  bool may_be_none() const { return may_be_none_; }

 private:
  void rows(Index first, Index count) {
    block_.first_row = first;
    block_.rows = count;
  }
  void columns(Index first, Index count) {
    block_.first_column = first;
    block_.columns = count;
  }

  EntryBlock block_;
  bool may_be_none_ = false;
};

// The local derivatives of one edge. Those of elementwise ops are computed all at once
// and in separate memory, because the graph may not have them yet.
class Locals {
 public:
  Locals(const Node& to, const GraphEdge& edge)
      : call_(to.call), partial_(to.op->partials[static_cast<std::size_t>(edge.operand)]) {
    if (!to.op->is_elementwise() || !partial_.local) return;
    const Shape shape = to.value.shape;
    constexpr std::uintptr_t line = 64;
    memory_.resize(static_cast<std::size_t>(padded(shape.size())) + line / sizeof(double));
    const auto begins = reinterpret_cast<std::uintptr_t>(memory_.data());
    all_ = {memory_.data() + (line - begins % line) % line / sizeof(double), shape};
    partial_.local(call_, all_);
  }

  double at(Index to, Index from) const {
    if (all_.data) return all_[to];
    return partial_.local_at ? partial_.local_at(call_, to, from) : partial_.constant;
  }

 private:
  const Call& call_;
  const Partial& partial_;
  std::vector<double> memory_;
  View all_;
};

class Walk {
 public:
  explicit Walk(const Graph& graph) : graph_(graph), entries_(graph.nodes().size()) {}

  bool find_ways(int node, Index entry);  // false if there are too many
  void add_up();
  std::vector<GradientPath> strongest(int node, Index entry, int most, bool& all) const;
  const Entry& at(int node, Index entry) const {
    return entries_[static_cast<std::size_t>(node)][static_cast<std::size_t>(entry)];
  }

 private:
  bool follow(int node);
  Entry& reach(int node, Index entry);

  const Graph& graph_;
  std::vector<std::vector<Entry>> entries_;  // by node; empty where nothing is reached
  std::vector<Way> ways_;
  std::size_t locals_ = 0;
};

Entry& Walk::reach(int node, Index entry) {
  auto& entries = entries_[static_cast<std::size_t>(node)];
  if (entries.empty())
    entries.resize(static_cast<std::size_t>(graph_.node(node).value.shape.size()));
  Entry& reached = entries[static_cast<std::size_t>(entry)];
  reached.reached = true;
  return reached;
}

// A node comes after its operands, so one walk in program order finds all ways.
bool Walk::find_ways(int node, Index entry) {
  reach(node, entry);
  for (int next = node; next <= graph_.loss(); ++next)
    if (!entries_[static_cast<std::size_t>(next)].empty() && !follow(next)) return false;
  return true;
}

// Adds all ways that lead on from the reached entries of a node.
bool Walk::follow(int index) {
  std::vector<std::pair<int, Locals>> edges;
  for (int edge : graph_.node(index).edges_out) {
    const GraphEdge& out = graph_.edge(edge);
    if (out.carries_gradient) edges.emplace_back(edge, Locals(graph_.node(out.to), out));
  }
  auto& entries = entries_[static_cast<std::size_t>(index)];
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!entries[i].reached) continue;
    const auto from = static_cast<Index>(i);
    entries[i].first_way = ways_.size();
    for (const auto& [edge, locals] : edges) {
      const GraphEdge& out = graph_.edge(edge);
      const Node& user = graph_.node(out.to);
      const Targets targets(user, out, graph_.node(index).value.shape, from);
      locals_ += static_cast<std::size_t>(targets.block().size());
      if (locals_ > most_locals) return false;
      const auto add = [&, number = edge, &of = locals](Index to) {
        const double local = of.at(to, from);
        if (local == 0 && targets.may_be_none()) return;
        ways_.push_back({number, to, local});
        reach(out.to, to);
      };
      targets.block().for_each(user.value.shape.columns, add);
    }
    entries[i].last_way = ways_.size();
  }
  return true;
}

// From the loss back, adds up what is known of each entry from the ways out of it.
void Walk::add_up() {
  for (std::size_t node = entries_.size(); node-- > 0;)
    for (Entry& entry : entries_[node]) {
      if (!entry.reached) continue;
      if (static_cast<int>(node) == graph_.loss()) entry.sum = entry.count = entry.strongest = 1;
      for (std::size_t i = entry.first_way; i < entry.last_way; ++i) {
        const Way& way = ways_[i];
        const Entry& next = at(graph_.edge(way.edge).to, way.to);
        entry.sum += way.local * next.sum;
        entry.count += next.count;
        entry.strongest = std::max(entry.strongest, strength(way.local * next.strongest));
      }
    }
}

// Best-first search: since the strongest continuation of every beginning is known,
// paths are completed in the order of their strength. Sets `all` if there are no others.
std::vector<GradientPath> Walk::strongest(int node, Index entry, int most, bool& all) const {
  struct Beginning {
    int node;
    Index entry;
    double product;
    std::size_t before;  // the beginning that it continues
    std::size_t way;     // the way by which it does so
  };
  struct Next {
    double strength;
    std::size_t beginning;
    bool operator<(const Next& other) const {
      if (strength != other.strength) return strength < other.strength;
      return beginning > other.beginning;
    }
  };
  std::vector<Beginning> beginnings = {{node, entry, 1, 0, 0}};
  std::priority_queue<Next> queue;
  queue.push({at(node, entry).strongest, 0});
  std::vector<GradientPath> paths;
  while (!queue.empty() && queue.top().strength > 0 && static_cast<int>(paths.size()) < most) {
    const std::size_t number = queue.top().beginning;
    queue.pop();
    const Beginning now = beginnings[number];
    if (now.node == graph_.loss()) {
      GradientPath path = {{}, now.product};
      for (std::size_t i = number; i != 0; i = beginnings[i].before) {
        const Way& way = ways_[beginnings[i].way];
        path.steps.push_back({way.edge, beginnings[beginnings[i].before].entry, way.to, way.local});
      }
      std::reverse(path.steps.begin(), path.steps.end());
      paths.push_back(std::move(path));
      continue;
    }
    const Entry& from = at(now.node, now.entry);
    for (std::size_t i = from.first_way; i < from.last_way; ++i) {
      const Way& way = ways_[i];
      const int to = graph_.edge(way.edge).to;
      const double product = now.product * way.local;
      const double best = strength(product * at(to, way.to).strongest);
      if (best == 0) continue;
      queue.push({best, beginnings.size()});
      beginnings.push_back({to, way.to, product, number, i});
    }
  }
  all = queue.empty() || queue.top().strength == 0;
  return paths;
}

}  // namespace

Paths paths_to_loss(const Graph& graph, int node, Index entry, int most) {
  Paths paths;
  Walk walk(graph);
  if (!walk.find_ways(node, entry)) {
    paths.too_large = true;
    return paths;
  }
  walk.add_up();
  paths.sum = walk.at(node, entry).sum;
  paths.count = walk.at(node, entry).count;
  bool all = false;
  paths.strongest = walk.strongest(node, entry, most, all);
  if (all) return paths;
  paths.rest = paths.sum;
  for (const GradientPath& path : paths.strongest) paths.rest -= path.product;
  return paths;
}

}  // namespace backstep
