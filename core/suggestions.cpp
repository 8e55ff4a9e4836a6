#include "core/suggestions.h"

#include <algorithm>
#include <cctype>

namespace backstep {

namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

// How many letters are wrong, missing, too many or swapped with their
// neighbour (Damerau and Levenshtein), without regard to case.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto same = [&](std::size_t x, std::size_t y) { return lower(a[x]) == lower(b[y]); };
      row[j] = std::min({last[j - 1] + (same(i - 1, j - 1) ? 0 : 1), last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::string suggestion(const std::string& word, const std::vector<std::string>& known,
                       const std::string& introduction) {
  constexpr std::size_t longest_list = 30;
  std::string closest;
  // In a name of one or two letters every change makes another name.
  std::size_t least = word.size() > 60 ? 0 : word.size() / 3 + 1;
  for (const std::string& name : known) {
    if (least == 0 || name.size() > 60) continue;
    const std::size_t changes = distance(word, name);
    if (changes >= least) continue;
    least = changes;
    closest = name;
  }
  if (!closest.empty()) return "; did you mean '" + closest + "'?";
  if (known.empty()) return "";
  std::string list;
  for (std::size_t i = 0; i < std::min(known.size(), longest_list); ++i)
    list += (i ? ", " : introduction) + (known[i].size() <= 60 ? known[i] : "…");
  return list + (known.size() > longest_list ? ", …" : "");
}

}  // namespace backstep
