#include "app/paint/text_fit.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/base/text.h"

namespace backstep {
namespace {


}  // namespace

std::string elided(const Painter& painter, const std::string& text, Face face, float pixels,
                   float width) {
  if (painter.text_width(text, face, pixels) <= width) return text;
  const auto cut_at = [&](std::size_t end) {
    while (end > 0 && continues_character(text[end])) --end;
    while (end > 0 && text[end - 1] == ' ') --end;
    return end == 0 ? std::string() : text.substr(0, end) + "…";
  };
  // Found by bisection, since a text may be as long as a file.
  std::size_t fits = 0, too_long = text.size();
  while (fits + 1 < too_long) {
    const std::size_t middle = fits + (too_long - fits) / 2;
    (painter.text_width(cut_at(middle), face, pixels) <= width ? fits : too_long) = middle;
  }
  return cut_at(fits);
}

std::vector<std::string> wrapped(const Painter& painter, const std::string& text, Face face,
                                 float pixels, float width) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    const std::string word = text.substr(start, end - start);
    std::string longer = line;
    if (!line.empty()) longer += ' ';
    longer += word;
    if (!line.empty() && painter.text_width(longer, face, pixels) > width) {
      lines.push_back(line);
      line = word;
    } else {
      line = std::move(longer);
    }
    start = end + 1;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

bool spread(std::vector<float>& centers, float distance, float low, float high) {
  const std::size_t count = centers.size();
  if (count == 0) return true;
  if (high - low < distance * static_cast<float>(count - 1)) return false;
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return centers[a] < centers[b]; });
  // Neighbours too close form a group, which is centred on where they want to
  // be; groups that meet grow together.
  struct Group {
    float sum = 0;  // of wished centres, less the place in the group
    std::size_t size = 0;
    float first = 0;
  };
  std::vector<Group> groups;
  for (std::size_t i : order) {
    groups.push_back({centers[i], 1, 0});
    while (true) {
      Group& g = groups.back();
      const float extent = distance * static_cast<float>(g.size - 1);
      g.first = std::clamp(g.sum / static_cast<float>(g.size), low, std::max(low, high - extent));
      if (groups.size() < 2) break;
      Group& before = groups[groups.size() - 2];
      const float offset = distance * static_cast<float>(before.size);
      if (before.first + offset <= g.first) break;
      before.sum += g.sum - offset * static_cast<float>(g.size);
      before.size += g.size;
      groups.pop_back();
    }
  }
  std::size_t next = 0;
  for (const Group& g : groups)
    for (std::size_t k = 0; k < g.size; ++k)
      centers[order[next++]] = g.first + distance * static_cast<float>(k);
  return true;
}

}  // namespace backstep
