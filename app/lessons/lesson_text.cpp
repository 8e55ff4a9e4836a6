#include "app/lessons/lesson_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/paint/numbers.h"
#include "core/base/number_words.h"
#include "core/base/text.h"

namespace backstep {

namespace {

bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool starts(const std::string& text, std::size_t at, const std::string& start) {
  return text.compare(at, start.size(), start) == 0;
}

// An exponent with one more digit, limited to one that is far beyond every double.
int with_digit(int exponent, int digit) {
  constexpr int most = 100'000;
  return std::min(exponent * 10 + digit, most);
}

constexpr const char* raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

// Reads an exponent in raised digits, as they follow "×10", and moves `at` past it.
bool read_raised(const std::string& text, std::size_t& at, int& exponent) {
  const std::string minus = "⁻";
  std::size_t end = at;
  const bool negative = starts(text, end, minus);
  if (negative) end += minus.size();
  int number = 0;
  bool any = false;
  for (bool found = true; found;) {
    found = false;
    for (int digit = 0; digit < 10 && !found; ++digit) {
      if (!starts(text, end, raised[digit])) continue;
      number = with_digit(number, digit);
      end += std::string(raised[digit]).size();
      found = any = true;
    }
  }
  if (!any) return false;
  exponent = negative ? -number : number;
  at = end;
  return true;
}

// Reads "e-06" or "×10⁻⁶", if it stands at `at`, and moves past it; else 0.
int read_exponent(const std::string& text, std::size_t& at) {
  int exponent = 0;
  for (const char* times : {"×10", "·10", " × 10", " · 10"}) {
    std::size_t end = at + std::string(times).size();
    if (!starts(text, at, times) || !read_raised(text, end, exponent)) continue;
    at = end;
    return exponent;
  }
  if (at >= text.size() || (text[at] != 'e' && text[at] != 'E')) return 0;
  std::size_t end = at + 1;
  const bool negative = end < text.size() && text[end] == '-';
  if (negative || (end < text.size() && text[end] == '+')) ++end;
  if (end >= text.size() || !is_digit(text[end])) return 0;
  while (end < text.size() && is_digit(text[end]))
    exponent = with_digit(exponent, text[end++] - '0');
  at = end;
  return negative ? -exponent : exponent;
}

// The number digits × 10^power. Beyond the range of doubles it is exactly infinity or
// 0: with half a unit of tolerance, every number would pass for it.
WrittenNumber number_of(const std::string& digits, int power) {
  double value = 0;
  if (read_number(digits + "e" + std::to_string(power), value))
    return {value, 0.5 * std::pow(10.0, power)};
  const auto leading = std::min(digits.find_first_not_of('0'), digits.size());
  const bool large = static_cast<long>(digits.size() - leading) + power > 0;
  return {large ? std::numeric_limits<double>::infinity() : 0, 0};
}

// Digits with commas between groups of three, and decimals; from `at`, which
// moves past them.
WrittenNumber read_digits(const std::string& text, std::size_t& at) {
  std::string digits;
  int decimals = 0;
  const auto digit = [&](std::size_t place) {
    return place < text.size() && is_digit(text[place]);
  };
  while (digit(at)) {
    digits += text[at++];
    const bool group = at < text.size() && text[at] == ',' && digit(at + 1) && digit(at + 2) &&
                       digit(at + 3) && !digit(at + 4);
    if (group) ++at;
  }
  if (at < text.size() && text[at] == '.' && digit(at + 1)) {
    for (++at; digit(at); ++decimals) digits += text[at++];
  }
  const int exponent = read_exponent(text, at) - decimals;
  int power = exponent;
  if (at < text.size() && text[at] == '%') power -= 2;
  return number_of(digits, power);
}

}  // namespace

std::vector<WrittenNumber> numbers_in(const std::string& words) {
  const std::string long_minus = "−";
  std::vector<WrittenNumber> numbers;
  for (std::size_t at = 0; at < words.size();) {
    const char before = at > 0 ? words[at - 1] : ' ';
    const bool begins = is_digit(words[at]) && !is_name_letter(before) && !is_digit(before);
    if (!begins) {
      // Skip digits that belong to a name, as in z12.
      ++at;
      while (at < words.size() && is_digit(words[at]) &&
             (is_name_letter(words[at - 1]) || is_digit(words[at - 1])))
        ++at;
      continue;
    }
    const bool minus = before == '-' || (at >= long_minus.size() &&
                                         starts(words, at - long_minus.size(), long_minus));
    const std::size_t sign = before == '-' ? 1 : long_minus.size();
    const bool subtracts = minus && at > sign &&
                           (is_name_letter(words[at - sign - 1]) || is_digit(words[at - sign - 1]));
    WrittenNumber number = read_digits(words, at);
    if (minus && !subtracts) number.value = -number.value;
    numbers.push_back(number);
  }
  return numbers;
}

namespace {

// Reads the lines of a paragraph as one text, and knows for each place in it which
// line of the file it came from.
class ParagraphReader {
 public:
  ParagraphReader(const std::vector<SourceLine>& lines, std::vector<LessonMistake>& mistakes)
      : mistakes_(mistakes) {
    for (const SourceLine& line : lines) {
      if (!text_.empty()) text_ += ' ';
      starts_.push_back(text_.size());
      numbers_.push_back(line.number);
      const std::size_t first = line.text.find_first_not_of(" \t");
      const std::size_t last = line.text.find_last_not_of(" \t");
      text_ += line.text.substr(first, last + 1 - first);
    }
  }

  Paragraph read() {
    if (starts(text_, 0, "- ")) {
      paragraph_.bullet = true;
      at_ = 2;
    }
    const std::string slip = "Slip in print:";
    if (starts(text_, 0, slip)) {
      paragraph_.heading = "SLIP IN PRINT";
      at_ = std::min(text_.find_first_not_of(' ', slip.size()), text_.size());
    }
    if (!paragraph_.heading.empty() && text_[at_] >= 'a' && text_[at_] <= 'z')
      text_[at_] = static_cast<char>(text_[at_] - 'a' + 'A');
    while (at_ < text_.size()) read_next();
    finish_text();
    return std::move(paragraph_);
  }

 private:
  void read_next() {
    if (starts(text_, at_, "**")) return read_marked("**", TextRun::Kind::strong);
    if (text_[at_] == '`') return read_marked("`", TextRun::Kind::code);
    if (text_[at_] == '[') return read_reference();
    plain_ += text_[at_++];
  }

  void read_marked(const std::string& mark, TextRun::Kind kind) {
    const int line = line_at(at_);
    const std::size_t begin = at_ + mark.size(), end = text_.find(mark, begin);
    if (end == std::string::npos) {
      mistakes_.push_back({line, "the " + mark + " that begins here is never closed"});
      at_ = text_.size();
      return;
    }
    finish_text();
    paragraph_.runs.push_back({kind, text_.substr(begin, end - begin), "", line});
    at_ = end + mark.size();
  }

  void read_reference() {
    const int line = line_at(at_);
    const std::size_t words_end = closing(at_, '[', ']');
    const bool refers = words_end + 1 < text_.size() && text_[words_end + 1] == '(';
    const std::size_t end = refers ? closing(words_end + 1, '(', ')') : text_.size();
    if (end >= text_.size()) {
      mistakes_.push_back({line,
                           "a reference reads [words](expression); a bracket of text stands "
                           "in `code`"});
      plain_ += text_[at_++];
      return;
    }
    finish_text();
    TextRun run;
    run.line = line;
    run.text = text_.substr(at_ + 1, words_end - at_ - 1);
    std::erase(run.text, '`');
    run.expression = text_.substr(words_end + 2, end - words_end - 2);
    run.kind = run.expression == "printed"    ? TextRun::Kind::printed
               : numbers_in(run.text).empty() ? TextRun::Kind::node
                                              : TextRun::Kind::number;
    if (run.text.empty()) mistakes_.push_back({line, "a reference has words: [words](expression)"});
    paragraph_.runs.push_back(std::move(run));
    at_ = end + 1;
  }

  // The bracket that closes the one at `from`, or the end of the text.
  std::size_t closing(std::size_t from, char open, char close) const {
    int depth = 0;
    for (std::size_t at = from; at < text_.size(); ++at) {
      depth += (text_[at] == open) - (text_[at] == close);
      if (depth == 0) return at;
    }
    return text_.size();
  }

  void finish_text() {
    if (!plain_.empty())
      paragraph_.runs.push_back({TextRun::Kind::text, plain_, "", line_at(at_ == 0 ? 0 : at_ - 1)});
    plain_.clear();
  }

  int line_at(std::size_t place) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), place);
    return numbers_[static_cast<std::size_t>(after - starts_.begin()) - 1];
  }

  std::vector<LessonMistake>& mistakes_;
  std::string text_, plain_;
  std::vector<std::size_t> starts_;
  std::vector<int> numbers_;
  std::size_t at_ = 0;
  Paragraph paragraph_;
};

}  // namespace

Paragraph read_paragraph(const std::vector<SourceLine>& lines,
                         std::vector<LessonMistake>& mistakes) {
  return ParagraphReader(lines, mistakes).read();
}

}  // namespace backstep
