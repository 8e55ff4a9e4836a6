#include "app/graph_layout/layout.h"

#include <algorithm>

#include "app/graph_layout/arrange.h"
#include "app/graph_layout/node_parts.h"
#include "app/graph_layout/route.h"

namespace backstep {
namespace {

// All in canvas units.
constexpr float below_gap = 60, above_gap = 48, number_gap = 26, beside_gap = 12;
constexpr float band_side = 14, band_foot = 20;
constexpr float band_label = 36;
constexpr float headroom = 130;  // over the ops of a layer: its name, arcs, what a step says

constexpr Gaps op_gaps = {14, 20, 34};
constexpr Gaps section_gaps = {14, 20, 34};

// An op with the leaves attached to it, or an input that begins a row.
struct Item {
  int node = -1;
  std::vector<int> above, below;
  Outline outline;
};

// Ops of one layer that follow one another in the program, or ops between two layers.
// Sections are placed side by side, so that bands never overlap.
struct Section {
  int layer = 0;
  std::vector<int> items;
  std::vector<Point> points;  // by place in items
  Extent extent;              // around the point where the row leaves, right
  Extent frame;               // the same without what the band adds
};

class Layouter {
 public:
  explicit Layouter(const Graph& graph) : graph_(graph), item_of_(graph.nodes().size(), -1) {
    layout_.nodes.resize(graph.nodes().size());
  }

  GraphLayout run() {
    find_items();
    if (!items_.empty()) {
      hang_leaves();
      find_sections();
      for (Section& section : sections_) arrange_inside(section);
      arrange_sections();
    }
    set_aside_the_rest();
    layout_.edges = routes_of(graph_, layout_.nodes);
    find_bounds();
    return std::move(layout_);
  }

 private:
  bool is_op(int node) const { return graph_.node(node).op != nullptr; }

  // ---- items ----

  int add_item(int node) {
    item_of_[node] = static_cast<int>(items_.size());
    items_.push_back({node, {}, {}, {}});
    return item_of_[node];
  }

  void link_items() {
    links_ = Links(items_.size());
    weight_.assign(items_.size(), 0);
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const Node& node = graph_.node(items_[i].node);
      bool data = node.kind == NodeKind::input;
      for (std::size_t operand = 0; operand < node.inputs.size(); ++operand) {
        const int from = item_of_[node.inputs[operand]];
        data = data || graph_.node(node.inputs[operand]).kind == NodeKind::input;
        if (from < 0) continue;
        links_.add({from, static_cast<int>(i), static_cast<int>(operand)});
        weight_[i] = std::max(weight_[i], weight_[from] + 1);
      }
      // The way from the data counts more than any other, however long that is.
      if (data) weight_[i] = std::max(weight_[i], data_weight);
    }
  }

  int goal() const {
    const int loss = item_of_[graph_.loss()];
    return loss >= 0 ? loss : static_cast<int>(items_.size()) - 1;
  }

  std::vector<Chain> find_chains() const {
    return chains_of(links_, columns_of(links_, goal()), weight_, goal());
  }

  // Ops come first. If a row begins with data, the data becomes its first item. A single op
  // in the middle of the graph keeps its data above it instead, so that a long sum of
  // products takes one row and not one for each product.
  void find_items() {
    for (int op : graph_.ops()) add_item(op);
    if (items_.empty()) return;
    link_items();
    const std::vector<int> columns = columns_of(links_, goal());
    std::vector<char> opens(graph_.nodes().size(), 0);
    for (const Chain& chain : find_chains()) {
      const int first = chain.items.front();
      if (columns[first] > 0 && chain.items.size() < 2) continue;
      if (!links_.in[first].empty()) continue;
      for (int input : graph_.node(items_[first].node).inputs)
        if (graph_.node(input).kind == NodeKind::input) opens[input] = 1;
    }
    items_.clear();
    for (std::size_t node = 0; node < opens.size(); ++node)
      if (opens[node] || is_op(static_cast<int>(node))) add_item(static_cast<int>(node));
    link_items();
    spine_.assign(items_.size(), 0);
    const std::vector<Chain> chains = find_chains();
    for (int item : chains.front().items) {
      spine_[item] = 1;
      layout_.spine.push_back(items_[item].node);
    }
  }

  // ---- leaves ----

  // The item a leaf is attached to: if possible one of the spine, else the first.
  int user_of(const Node& leaf) const {
    int first = -1;
    for (int edge : leaf.edges_out) {
      const int user = item_of_[graph_.edge(edge).to];
      if (spine_[user]) return user;
      if (first < 0) first = user;
    }
    return first;
  }

  void hang_leaves() {
    for (std::size_t node = 0; node < graph_.nodes().size(); ++node) {
      const Node& leaf = graph_.node(static_cast<int>(node));
      if (item_of_[node] >= 0 || leaf.edges_out.empty()) continue;
      Item& item = items_[user_of(leaf)];
      const bool up = leaf.kind == NodeKind::target || leaf.kind == NodeKind::input ||
                      (look_of(leaf) == NodeLook::number && !item.below.empty());
      (up ? item.above : item.below).push_back(static_cast<int>(node));
    }
    for (Item& item : items_) outline(item);
  }

  Size size(int node) const { return size_of(graph_.node(node)); }

  float width_of(const std::vector<int>& leaves) const {
    float width = -beside_gap;
    for (int leaf : leaves) width += size(leaf).width + beside_gap;
    return std::max(0.0f, width);
  }

  float gap_to(int leaf, float gap) const {
    return look_of(graph_.node(leaf)) == NodeLook::number ? number_gap : gap;
  }

  // Places leaves side by side, centred on the item: above it, ending at -distance, or below
  // it, beginning at distance.
  void hang(const Item& item, const std::vector<int>& leaves, bool above) {
    float x = -width_of(leaves) / 2;
    for (int leaf : leaves) {
      const Size s = size(leaf);
      const float distance =
          size(item.node).height / 2 + gap_to(leaf, above ? above_gap : below_gap);
      layout_.nodes[leaf] = {x, above ? -distance - s.height : distance, s.width, s.height};
      x += s.width + beside_gap;
    }
  }

  // Rectangles of the item's nodes around its point; layout_ holds them until
  // the point is known.
  void outline(Item& item) {
    const Size op = size(item.node);
    layout_.nodes[item.node] = {-op.width / 2, -op.height / 2, op.width, op.height};
    hang(item, item.above, true);
    hang(item, item.below, false);
    for_each_node(item, [&](int node) {
      const Rect& r = layout_.nodes[node];
      Extent& e = item.outline.extent;
      e = {std::max(e.left, -r.x), std::max(e.right, r.right()), std::max(e.up, -r.y),
           std::max(e.down, r.bottom())};
      item.outline.parts.push_back(r);
    });
  }

  template <class Use>
  static void for_each_node(const Item& item, Use use) {
    use(item.node);
    for (int leaf : item.above) use(leaf);
    for (int leaf : item.below) use(leaf);
  }

  void put(const Item& item, Point at) {
    for_each_node(item, [&](int node) {
      layout_.nodes[node].x += at.x;
      layout_.nodes[node].y += at.y;
    });
  }

  // ---- sections ----

  // What comes after a target measures the network and belongs to no layer.
  std::vector<int> layers_of_items() const {
    std::vector<char> measures(graph_.nodes().size(), 0);
    std::vector<int> layers(items_.size(), 0);
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const Node& node = graph_.node(items_[i].node);
      char& after = measures[items_[i].node];
      for (int input : node.inputs)
        if (measures[input] || graph_.node(input).kind == NodeKind::target) after = 1;
      layers[i] = after ? 0 : node.layer;
    }
    return layers;
  }

  void find_sections() {
    const std::vector<int> layers = layers_of_items();
    const bool has_layers =
        std::any_of(layers.begin(), layers.end(), [](int layer) { return layer > 0; });
    section_of_.assign(items_.size(), 0);
    bool only_data = false;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const bool data = has_layers && layers[i] == 0 && !is_op(items_[i].node);
      const bool begins =
          sections_.empty() || sections_.back().layer != layers[i] || (only_data && has_layers);
      if (begins) {
        sections_.push_back({layers[i], {}, {}, {}, {}});
        only_data = data;
      }
      sections_.back().items.push_back(static_cast<int>(i));
      section_of_[i] = static_cast<int>(sections_.size()) - 1;
    }
  }

  // The item whose row continues to the right of the section.
  int goal_of(const Section& section) const {
    int spine = -1, leaving = -1;
    for (std::size_t i = 0; i < section.items.size(); ++i) {
      const int item = section.items[i];
      if (spine_[item]) spine = static_cast<int>(i);
      for (const Link& link : links_.out[item])
        if (section_of_[link.to] != section_of_[item]) leaving = static_cast<int>(i);
    }
    if (spine >= 0) return spine;
    return leaving >= 0 ? leaving : static_cast<int>(section.items.size()) - 1;
  }

  void arrange_inside(Section& section) {
    const auto count = section.items.size();
    const int first = section.items.front();  // items of a section are neighbours
    Links links(count);
    std::vector<Outline> outlines(count);
    std::vector<int> weight(count);
    for (std::size_t i = 0; i < count; ++i) {
      const int item = section.items[i];
      outlines[i] = items_[item].outline;
      weight[i] = weight_[item];
      for (const Link& link : links_.in[item])
        if (section_of_[link.from] == section_of_[item])
          links.add({link.from - first, link.to - first, link.operand});
    }
    const int goal = goal_of(section);
    const std::vector<int> columns = columns_of(links, goal);
    section.points =
        place(outlines, links, columns, chains_of(links, columns, weight, goal), op_gaps);
    measure(section, outlines);
  }

  // Moves the section's points so that its row ends at (0, 0), at the right.
  void measure(Section& section, const std::vector<Outline>& outlines) const {
    float right = 0;
    Extent& e = section.extent;
    for (std::size_t i = 0; i < section.points.size(); ++i)
      right = std::max(right, section.points[i].x + outlines[i].extent.right);
    for (std::size_t i = 0; i < section.points.size(); ++i) {
      section.points[i].x -= right;
      const Point at = section.points[i];
      e.left = std::max(e.left, outlines[i].extent.left - at.x);
      e.up = std::max(e.up, outlines[i].extent.up - at.y);
      e.down = std::max(e.down, outlines[i].extent.down + at.y);
    }
    section.frame = e;
    if (section.layer == 0) return;
    float top = 0;
    for (std::size_t i = 0; i < section.points.size(); ++i)
      top = std::max(top, size(items_[section.items[i]].node).height / 2 - section.points[i].y);
    e.left += band_side;
    e.right += band_side;
    e.up = std::max(e.up + band_label, top + headroom);
    e.down += band_foot;
  }

  void arrange_sections() {
    Links links(sections_.size());
    std::vector<int> weight(sections_.size());
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const int to = section_of_[i];
      weight[to] = std::max(weight[to], weight_[i]);
      for (const Link& link : links_.in[i])
        if (section_of_[link.from] != to) links.add({section_of_[link.from], to, link.operand});
    }
    const int last = section_of_[goal()];
    const std::vector<int> columns = columns_of(links, last);
    const std::vector<Chain> chains = chains_of(links, columns, weight, last);
    for (const Chain& chain : chains) even_out(chain);
    std::vector<Outline> outlines;
    for (const Section& section : sections_) {
      const Extent& e = section.extent;
      outlines.push_back({e, {{-e.left, -e.up, e.left + e.right, e.up + e.down}}});
    }
    const std::vector<Point> points = place(outlines, links, columns, chains, section_gaps);
    for (std::size_t i = 0; i < sections_.size(); ++i) put(sections_[i], points[i]);
  }

  // Bands in a row have the same height.
  void even_out(const Chain& chain) {
    float up = 0, down = 0;
    for (int s : chain.items)
      if (sections_[s].layer > 0) {
        up = std::max(up, sections_[s].extent.up);
        down = std::max(down, sections_[s].extent.down);
      }
    for (int s : chain.items)
      if (sections_[s].layer > 0) sections_[s].extent.up = up, sections_[s].extent.down = down;
  }

  void put(const Section& section, Point at) {
    for (std::size_t i = 0; i < section.items.size(); ++i)
      put(items_[section.items[i]], {at.x + section.points[i].x, at.y + section.points[i].y});
    if (section.layer == 0) return;
    const Extent& e = section.extent;
    layout_.bands.push_back({{at.x - e.left, at.y - e.up, e.left + e.right, e.up + e.down},
                             graph_.layers()[section.layer],
                             section.layer});
  }

  // ---- what is left ----

  // Leaves that nothing uses are in a row below the rest.
  void set_aside_the_rest() {
    find_bounds();
    float x = layout_.bounds.x;
    const float y = items_.empty() ? 0 : layout_.bounds.bottom() + below_gap;
    for (std::size_t i = 0; i < graph_.nodes().size(); ++i) {
      if (layout_.nodes[i].width > 0) continue;
      const Size s = size(static_cast<int>(i));
      layout_.nodes[i] = {x, y, s.width, s.height};
      x += s.width + beside_gap;
    }
  }

  void find_bounds() {
    Point low = {1e30f, 1e30f}, high = {-1e30f, -1e30f};
    const auto add = [&](Point p) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    };
    const auto add_rect = [&](const Rect& r) {
      if (r.width > 0) add({r.x, r.y}), add({r.right(), r.bottom()});
    };
    for (const Rect& rect : layout_.nodes) add_rect(rect);
    for (const LayerBand& band : layout_.bands) add_rect(band.rect);
    for (const Route& route : layout_.edges)
      for (Point p : route) add(p);
    if (low.x > high.x) low = high = {0, 0};
    layout_.bounds = {low.x, low.y, high.x - low.x, high.y - low.y};
  }

  static constexpr int data_weight = 1 << 24;

  const Graph& graph_;
  GraphLayout layout_;
  std::vector<Item> items_;
  std::vector<int> item_of_;  // by node
  Links links_{0};
  std::vector<int> weight_;  // by item
  std::vector<char> spine_;  // by item
  std::vector<Section> sections_;
  std::vector<int> section_of_;  // by item
};

}  // namespace

GraphLayout lay_out(const Graph& graph) { return Layouter(graph).run(); }

}  // namespace backstep
