#include "core/suggestions.h"

#include <algorithm>
#include <cctype>

namespace backstep {

namespace {

// Levenshtein's distance, letters compared without case.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = std::tolower(static_cast<unsigned char>(a[i - 1])) ==
                        std::tolower(static_cast<unsigned char>(b[j - 1]));
      const std::size_t replaced = diagonal + (same ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string suggestion(const std::string& word, const std::vector<std::string>& known,
                       const std::string& introduction) {
  constexpr std::size_t longest_list = 30;
  std::string closest;
  std::size_t least = word.size() > 60 ? 0 : std::max<std::size_t>(1, word.size() / 3) + 1;
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
    list += (i ? ", " : introduction) + known[i];
  return list + (known.size() > longest_list ? ", …" : "");
}

}  // namespace backstep
